"""The cells of a student's own kernel as a source: what defines a function, each statement at its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.course.catalogue import Exercise, stage
from grader.grading.examine import Settings
from grader.grading.one_change.line import with_lines_apart
from grader.results.verdict import Verdict
from grader.student.loader import Source

# Called so in what is shown, `In [7]`: the number of a cell is that of its run.
FILE = "notebook.ipynb"
# Text that is larger than this is not read for a hint.
MOST_BYTES = 400_000


def with_line(
    exercise: Exercise, verdicts: list[Verdict], namespace: Mapping[str, Any], settings: Settings
) -> list[Verdict]:
    """The verdicts; an undocumented wrong one says the line of the cell in which one change makes it right."""
    source = source_of(exercise.name, namespace.get("In", ()))
    if source is None or not any(v.id is None and v.status == "wrong" for v in verdicts):
        return verdicts
    sources = {exercise.stage: dict.fromkeys(stage(exercise.stage).stems, source)}
    return with_lines_apart(verdicts, sources, settings, settings.line_seconds)


def source_of(name: str, cells: Sequence[str]) -> Source | None:
    """The statements that define `name` and what it uses, at their lines of their cells, and nothing else.

    `cells` are numbered from 0, as `In` is; the last definition counts. None where they do not say what `name` is, or
    where other statements have a part in it.
    """
    if sum(map(len, cells)) > MOST_BYTES:
        return None
    defined: dict[str, tuple[int, ast.stmt]] = {}
    changed: set[str] = set()
    for number, cell in enumerate(cells):
        for statement in _statements(cell):
            plain = isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign | _IMPORTS)
            for target in _targets(statement):
                defined[target] = (number, statement)
                (changed.discard if plain else changed.add)(target)
    wanted, needed = [name], set[str]()
    while wanted:
        wish = wanted.pop()
        if wish in defined and wish not in needed:
            needed.add(wish)
            wanted += [node.id for node in ast.walk(defined[wish][1]) if isinstance(node, ast.Name)]
    if name not in needed or needed & changed:
        return None
    kept = [defined[wish] for wish in needed]
    return Source(FILE, tuple(_only(cell, n, kept) for n, cell in enumerate(cells) if n), forgiving=True)


_IMPORTS = ast.Import | ast.ImportFrom


def _statements(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _targets(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement gives a value to."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, _IMPORTS):
        yield from (alias.asname or alias.name.split(".")[0] for alias in statement.names)
    else:
        nodes = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (node.id for node in nodes if not isinstance(node.ctx, ast.Load))


def _only(cell: str, number: int, kept: Sequence[tuple[int, ast.stmt]]) -> bytes:
    """A cell without what is not kept of it: its lines stay where they are."""
    lines = cell.split("\n")
    wanted: set[int] = set()
    for place, statement in kept:
        if place == number:
            decorators = getattr(statement, "decorator_list", [])
            first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
            wanted |= set(range(first, (statement.end_lineno or first) + 1))
    return "\n".join(line if at in wanted else "" for at, line in enumerate(lines, start=1)).encode()
