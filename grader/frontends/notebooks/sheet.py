"""The cells of a stage's notebook, made from what the kit holds already: stubs, solutions, suites and pages.

Per exercise: the task, a cell to fill in, an example to try, and a test cell for each check. Cells are plain
dicts of the notebook format, and the same sources give the same cells.
"""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.course.catalogue import Check, Exercise, Stage, stage
from grader.course.pages import exercises_home
from grader.course.points import Points
from grader.frontends.notebooks.answer import solution_source

Cell = dict[str, Any]
PAGES = "MISTAKES.html"
_ID = re.compile(r"stage(\d+)-")
# The words that introduce a docstring's example.
_LEAD = re.compile(r"(?<=\n\n)(?:[^\n]+\n)*[^\n]+:\s*\Z")
_GUARD = """
try:
    from grader.frontends.notebooks import check
except ImportError:
    def check(*_, **__):
        print(@INSTALL@)
"""


def test_id(exercise: Exercise, check: Check) -> str:
    """nbgrader's name for a test cell: `stage5-scaled_attention-5_9`, or `…-result` for the general check."""
    return f"{solution_id(exercise)}-{check.id.replace('.', '_') if check.id else 'result'}"


def solution_id(exercise: Exercise) -> str:
    """nbgrader's name for the cell that a student fills in."""
    return f"stage{exercise.stage}-{exercise.name}"


def checks_by_id(names: Iterator[str] | list[str]) -> dict[str, tuple[Exercise, Check]]:
    """The exercise and check of every name that is one of ours."""
    numbers = {int(found.group(1)) for name in names if (found := _ID.match(name))}
    known = {
        test_id(exercise, check): (exercise, check)
        for number in sorted(numbers)
        for exercise in stage(number).exercises
        for check in exercise.checks
    }
    return {name: known[name] for name in names if name in known}


def notebook(level: Stage, points: Points, solutions: Path) -> dict[str, Any]:
    """A whole notebook with the solutions in it, as nbgrader's `source/` holds it."""
    cells = [_introduction(level), _setup(level, points.install)]
    for exercise in level.exercises:
        cells += _exercise(level, exercise, points, solutions)
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _exercise(level: Stage, exercise: Exercise, points: Points, solutions: Path) -> Iterator[Cell]:
    name = solution_id(exercise)
    stub = _function(level, exercise)
    text = ast.get_docstring(stub) or ""
    yield _markdown(f"{name}-task", _task(level, exercise, text, points))
    answer = solution_source(solutions / level.name / f"{exercise.stem}.py", exercise.name, stub)
    yield _code(name, answer, solution=True)
    example = _example(text)
    if example:
        yield _code(f"{name}-try", f"# An example to try; it is not graded.\n{example}", locked=True)
    for check in exercise.checks:
        if points.planned(exercise, check):
            yield _test(level, exercise, check, points)


def _introduction(level: Stage) -> Cell:
    text = (
        f"# Stage {level.number}{f': {level.title}' if level.title else ''}\n\n"
        "Fill in the functions below with nothing but numpy. Under each stand an example to try and the test cells, "
        "each of which looks for one documented mistake. A test cell that fails says what it saw in *your* numbers "
        f"and links to the page of the mistake; all pages are in [{PAGES}]({PAGES}).\n\n"
        "Axes: B sequences in a batch, T tokens in each, D features, V words in the vocabulary, `...` any axes in "
        "front. Any right way of writing a function counts as right: loops or einsum, float32 or float64."
    )
    return _markdown(f"{level.name}-introduction", text)


def _setup(level: Stage, install: str) -> Cell:
    """What the signatures of all stubs need: their imports, and the names that they give to types."""
    lines: dict[str, None] = {}
    for stem in level.stems:
        for node in _stub(level, stem).body:
            if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign):
                lines[ast.unparse(node)] = None
    ordered = sorted(lines, key=lambda line: ("import" not in line, line.startswith("import numpy")))
    how = f"run `{install}`" if install else "install misstep as your course says"
    guard = _GUARD.rstrip().replace("@INSTALL@", repr(f"To see here what your code gets right: {how}, and restart."))
    return _code(f"{level.name}-setup", "\n".join(ordered) + "\n" + guard, locked=True)


def _stub(level: Stage, stem: str) -> ast.Module:
    return ast.parse((exercises_home() / level.name / f"{stem}.py").read_text(encoding="utf-8"))


def _function(level: Stage, exercise: Exercise) -> ast.FunctionDef:
    for node in _stub(level, exercise.stem).body:
        if isinstance(node, ast.FunctionDef) and node.name == exercise.name:
            return node
    raise LookupError(f"{level.name}/{exercise.stem}.py has no stub of {exercise.name}")


def _task(level: Stage, exercise: Exercise, docstring: str, points: Points) -> str:
    prose, _, shapes = _LEAD.sub("", docstring.partition(">>> ")[0]).partition("\nArgs:")
    parts = [f"## {exercise.name}", prose.strip()]
    if shapes:
        shapes = f"Args:{shapes}".rstrip()
        parts.append(f"```text\n{shapes}\n```")
    mistakes = [level.pages[check.id] for check in exercise.checks if check.id and points.planned(exercise, check)]
    links = [f"[{page.id} · {page.title}]({page_link(points.link(page.link))})" for page in mistakes]
    parts.append("Looked for: " + ", ".join([*links, "and whether the result is right."]))
    return "\n\n".join(parts)


def page_link(link: str) -> str:
    """A page's link as a notebook can follow it: the course's own address, or the pages beside the notebook."""
    return link if link.startswith(("https://", "http://")) else f"{PAGES}#{link.partition('#')[2]}"


def _example(docstring: str) -> str:
    """The docstring's worked example as lines to run, with what they should print."""
    lead = _LEAD.search(docstring.partition(">>> ")[0])
    lines = [f"# {line}" for line in lead.group().split("\n") if line] if lead else []
    for example in doctest.DocTestParser().get_examples(docstring):
        if example.exc_msg is not None:
            continue
        source = example.source.rstrip()
        if example.want:
            tree = ast.parse(source).body[0]
            assert isinstance(tree, ast.Expr), source
            wanted = example.want.rstrip().replace("<BLANKLINE>", "").splitlines()
            lines += [f"print(repr({ast.unparse(tree.value)}))", *(f"#  {line}".rstrip() for line in wanted)]
        else:
            lines.append(source)
    return "\n".join(lines)


def _test(level: Stage, exercise: Exercise, check: Check, points: Points) -> Cell:
    title = f"{check.id} · {level.pages[check.id].title}" if check.id else "Is the result right?"
    argument = f'"{exercise.name}"' + (f', "{check.id}"' if check.id else "")
    source = (
        f"# {title}\ncheck({argument})\n### BEGIN HIDDEN TESTS\ncheck({argument}, hidden=True)\n### END HIDDEN TESTS"
    )
    return _code(test_id(exercise, check), source, grade=points.of(exercise, check))


def _markdown(name: str, source: str) -> Cell:
    return {
        "cell_type": "markdown",
        "id": name[:64],
        "metadata": _metadata(name, "markdown", locked=True),
        "source": source,
    }


def _code(name: str, source: str, *, solution: bool = False, locked: bool = False, grade: float | None = None) -> Cell:
    metadata = _metadata(name, "code", solution=solution, locked=locked or grade is not None, grade=grade)
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name[:64],
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def _metadata(
    name: str, kind: str, *, solution: bool = False, locked: bool = False, grade: float | None = None
) -> Mapping[str, Any]:
    words: dict[str, Any] = {"grade": grade is not None, "grade_id": name, "locked": locked}
    if grade is not None:
        words["points"] = grade
    rest = {"schema_version": 3, "solution": solution, "task": False, "cell_type": kind}
    return {"nbgrader": words | rest}
