"""The changed versions of one function's code that are worth a try, the most likely first."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from itertools import combinations

from grader.grading.one_change import expressions, statements
from grader.grading.one_change.text import Change, Text

# Single changes up to this rank are tried before pairs.
LIKELY = 3
# Pairs of one kind (the same slip made with k and with v) are made from so many changes of a line, others from so many.
ALIKE, UNLIKE = 30, 12


def candidates(source: bytes, name: str, most: int) -> list[Change]:
    """At most `most` changes of the code that defines `name`: single ones, then pairs within a line.

    Each gives Python that can be parsed and differs from `source`. Raises ValueError where `source` cannot be searched.
    """
    text = Text(source)
    found: dict[tuple[int, int, bytes], Change] = {}
    for root in text.relevant(name):
        names = _values(root)
        for change in (*expressions.changes(text, root, names), *statements.changes(text, root)):
            if source[change.start : change.end] != change.new:
                found.setdefault((change.start, change.end, change.new), change)
    singles = sorted(found.values(), key=lambda change: change.rank)
    likely = [change for change in singles if change.rank <= LIKELY]
    rest = [change for change in singles if change.rank > LIKELY]
    alike, unlike = _pairs(source, singles)
    return _parsed(source, [*likely, *alike, *rest, *unlike], most)


def _values(root: ast.AST) -> tuple[str, ...]:
    """The names that stand for values in a function: its arguments, and what it assigns."""
    names = [node.arg for node in ast.walk(root) if isinstance(node, ast.arg)]
    names += [n.id for n in ast.walk(root) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return tuple(name for name in dict.fromkeys(names) if not hasattr(builtins, name))


def _pairs(source: bytes, singles: list[Change]) -> tuple[list[Change], list[Change]]:
    """Two changes in one line: of the same kind, and of any kinds."""
    lines: dict[int, list[Change]] = {}
    for change in singles:
        if b"\n" not in source[change.start : change.end]:
            lines.setdefault(change.line, []).append(change)
    alike: list[Change] = []
    unlike: list[Change] = []
    for changes in lines.values():
        for one, other in combinations(changes[:ALIKE], 2):
            if (one.kind, one.rank) == (other.kind, other.rank) and one.rank <= LIKELY + 1:
                alike += _both(source, one, other)
        for one, other in combinations(changes[:UNLIKE], 2):
            unlike += _both(source, one, other)
    return alike, unlike


def _both(source: bytes, one: Change, other: Change) -> Iterator[Change]:
    if not one.overlaps(other):
        first, second = sorted((one, other), key=lambda change: change.start)
        new = first.new + source[first.end : second.start] + second.new
        kind = one.kind if one.kind == other.kind else "line"
        yield Change(first.start, second.end, new, one.line, kind, one.rank + other.rank)


def _parsed(source: bytes, changes: list[Change], most: int) -> list[Change]:
    kept: list[Change] = []
    for change in changes:
        if len(kept) >= most:
            break
        try:
            compile(change.apply(source), "candidate", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        kept.append(change)
    return kept
