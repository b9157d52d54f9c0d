"""The changed versions of one function's code that are worth a try, the most likely first."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from functools import partial, reduce
from itertools import combinations, pairwise

from grader.grading.one_change import expressions, idioms, moves, slip, statements
from grader.grading.one_change.text import Change, Text

# Single changes up to this rank are tried before pairs.
LIKELY = 3
# Pairs of one kind (the same slip made with k and with v) are made from so many changes of a line, others from so many.
ALIKE, UNLIKE = 24, 16


def candidates(source: bytes, name: str, most: int) -> list[Change]:
    """At most `most` changes of the code that defines `name`: single ones, then pairs within a line.

    Each gives Python that can be parsed and differs from `source`. Raises ValueError where `source` cannot be searched.
    """
    text = Text(source)
    found: dict[tuple[int, int, bytes], Change] = {}
    for root in text.relevant(name):
        for change in _singles(text, root):
            if source[change.start : change.end] != change.new:
                found.setdefault((change.start, change.end, change.new), change)
    singles = sorted(found.values(), key=lambda change: change.rank)
    likely = [change for change in singles if change.rank <= LIKELY]
    rest = [change for change in singles if change.rank > LIKELY]
    lines = _lines(source, singles)
    alike, unlike = _pairs(source, lines)
    return _parsed(source, [*likely, *_repeated(source, lines), *rest, *alike, *unlike], most)


def _singles(text: Text, root: ast.AST) -> Iterator[Change]:
    names = _values(root)
    yield from expressions.changes(text, root, names)
    yield from statements.changes(text, root)
    yield from idioms.changes(text, root)
    yield from moves.changes(text, root, names)


def _values(root: ast.AST) -> tuple[str, ...]:
    """The names that stand for values in a function: its arguments, and what it assigns."""
    names = [node.arg for node in ast.walk(root) if isinstance(node, ast.arg)]
    names += [n.id for n in ast.walk(root) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return tuple(name for name in dict.fromkeys(names) if not hasattr(builtins, name))


def _lines(source: bytes, singles: list[Change]) -> list[list[Change]]:
    lines: dict[int, list[Change]] = {}
    for change in singles:
        if b"\n" not in source[change.start : change.end]:
            lines.setdefault(change.line, []).append(change)
    return list(lines.values())


def _repeated(source: bytes, lines: list[list[Change]]) -> Iterator[Change]:
    """The same slip made at several places of a line, as with the keys and with the values: all of them mended."""
    for changes in lines:
        alike: dict[str, list[Change]] = {}
        for change in changes:
            before, after = source[change.start : change.end].decode(), change.new.decode()
            alike.setdefault(slip.of_change(before, after), []).append(change)
        for same in alike.values():
            same.sort(key=lambda change: change.start)
            if len(same) > 1 and not any(one.overlaps(other) for one, other in pairwise(same)):
                yield reduce(partial(_joined, source), same)


def _pairs(source: bytes, lines: list[list[Change]]) -> tuple[list[Change], list[Change]]:
    """Two changes in one line: of the same kind, and of any kinds."""
    alike: list[Change] = []
    unlike: list[Change] = []
    for changes in lines:
        for one, other in combinations(changes[:ALIKE], 2):
            if (one.kind, one.rank) == (other.kind, other.rank) and one.rank <= LIKELY + 1:
                alike += _both(source, one, other)
        for one, other in combinations(changes[:UNLIKE], 2):
            unlike += _both(source, one, other)
    return alike, unlike


def _both(source: bytes, one: Change, other: Change) -> Iterator[Change]:
    if not one.overlaps(other):
        yield _joined(source, *sorted((one, other), key=lambda change: change.start))


def _joined(source: bytes, first: Change, second: Change) -> Change:
    new = first.new + source[first.end : second.start] + second.new
    kind = first.kind if first.kind == second.kind else "line"
    return Change(first.start, second.end, new, first.line, kind, first.rank + second.rank)


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
