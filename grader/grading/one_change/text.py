"""A piece of Python text with its syntax tree, and changes of it that keep everything else as it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

# What is larger, or nested deeper, is nobody's answer to an exercise, and is not parsed.
MAX_BYTES = 60_000
MAX_BRACKETS = 30


@dataclass(frozen=True)
class Change:
    """Bytes `start` to `end` of a text become `new`; `line` is where that is, `kind` what sort of change it is.

    Changes of a low `rank` are tried first.
    """

    start: int
    end: int
    new: bytes
    line: int
    kind: str
    rank: int

    def apply(self, text: bytes) -> bytes:
        return text[: self.start] + self.new + text[self.end :]

    def overlaps(self, other: Change) -> bool:
        return (self.start < other.end and other.start < self.end) or self.start == other.start


class Text:
    """Python text in UTF-8 and its tree. Raises ValueError where it cannot be, or should not be, parsed."""

    def __init__(self, text: bytes) -> None:
        if len(text) > MAX_BYTES or _brackets(text) > MAX_BRACKETS:
            raise ValueError("too large to be searched")
        self.text = text
        try:
            text.decode("utf-8")
            self.tree = ast.parse(text)
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise ValueError("not Python") from error
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def start(self, node: ast.AST) -> int:
        """Where a node begins."""
        return self._starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined, no-any-return]

    def end(self, node: ast.AST) -> int:
        """Where a node ends."""
        return self._starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined, no-any-return]

    def line_start(self, number: int) -> int:
        """Where a line begins; lines are counted from 1."""
        return self._starts[number - 1]

    def of(self, node: ast.AST) -> str:
        """The text of a node as it stands."""
        return self.text[self.start(node) : self.end(node)].decode("utf-8")

    def between(self, left: ast.AST, right: ast.AST) -> tuple[int, str]:
        """Where the gap between two nodes begins, and its text."""
        start = self.end(left)
        return start, self.text[start : self.start(right)].decode("utf-8")

    def replaced(self, node: ast.AST, new: str, kind: str, rank: int) -> Change:
        """A change that puts `new` in the place of a node."""
        return Change(self.start(node), self.end(node), new.encode(), node.lineno, kind, rank)  # type: ignore[attr-defined]

    def relevant(self, name: str) -> list[ast.stmt]:
        """The statements at the top level that define `name`, and whatever they use in turn; the last of each."""
        defined: dict[str, ast.stmt] = {}
        for statement in self.tree.body:
            for target in _targets(statement):
                defined[target] = statement
        wanted, found = [name], dict[str, ast.stmt]()
        while wanted:
            wish = wanted.pop()
            if wish in defined and wish not in found:
                found[wish] = defined[wish]
                wanted += [node.id for node in ast.walk(defined[wish]) if isinstance(node, ast.Name)]
        return list({id(statement): statement for statement in found.values()}.values())


def _targets(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign):
        yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id


def _brackets(text: bytes) -> int:
    """How deep brackets are nested at the most, counted without reading the text as Python."""
    depth = most = 0
    for byte in text:
        if byte in b"([{":
            depth += 1
            most = max(most, depth)
        elif byte in b")]}":
            depth -= 1
    return most
