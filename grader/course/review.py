"""What whoever adds to the course may have forgotten, said before it is recorded and shipped.

The catalogue refuses what it cannot read. Here is what it can do without: stubs, pages that nothing leads to, answers.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from grader.course.catalogue import Stage, stage_numbers
from grader.course.errors import CourseError
from grader.course.pages import read_pages
from grader.course.stored_answers import stored_answers

# Where to look, what to compare, and the idea.
STEPS = 3


def review(stage: Stage, exercises: Path, solutions: Path) -> None:
    """Look at a stage's stubs, pages, solutions and answers. Raises CourseError at the first thing that is missing."""
    home = exercises / stage.name
    for name in ("README.md", "MISTAKES.md"):
        if not (home / name).is_file():
            raise CourseError(f"{home / name}:1: is missing")
    stubs = {function: place for stem in stage.stems for function, place in _stubs(home / f"{stem}.py")}
    for exercise in stage.exercises:
        stub, solution = (folder / f"{exercise.stem}.py" for folder in (home, solutions / stage.name))
        if exercise.name not in stubs:
            raise CourseError(f"{stub}:1: has no function {exercise.name}, which the suite asks for")
        if exercise.name not in _functions(solution):
            raise CourseError(f"{solution}:1: has no function {exercise.name}, which {stub} asks for")
    _require_checks(stage, home, stubs)
    _require_hints(stage, home / "hints.toml")
    stored_answers(solutions, stage)


def review_folders(exercises: Path) -> None:
    """Raises CourseError for a stage of the students' folder that no suite belongs to."""
    for folder in sorted(exercises.glob("stage*")):
        if re.fullmatch(r"stage\d+", folder.name) and int(folder.name.removeprefix("stage")) not in stage_numbers():
            raise CourseError(f"{folder}:1: has no suite: grader/course/suites/{folder.name}/__init__.py is missing")


def _require_checks(stage: Stage, home: Path, stubs: dict[str, str]) -> None:
    """Every stub is an exercise, and every page is looked for."""
    asked = {exercise.name for exercise in stage.exercises}
    for name, place in stubs.items():
        if name not in asked:
            raise CourseError(f"{place}: no check asks for {name}")
    for path in sorted(home.glob("*.py")):
        if path.stem not in stage.stems:
            raise CourseError(f"{path}:1: no check asks for it: test_{path.name} is missing in the suite")
    looked_for = {check.id for exercise in stage.exercises for check in exercise.checks}
    for mistake, page in read_pages(home / "MISTAKES.md").items():
        if mistake not in looked_for:
            raise CourseError(f"{home / 'MISTAKES.md'}:{page.line}: no check shows {mistake}")


def _require_hints(stage: Stage, path: Path) -> None:
    """Three steps for every mistake."""
    if not path.is_file():
        raise CourseError(f"{path}:1: is missing: every mistake needs {STEPS} hints")
    text = path.read_text(encoding="utf-8")
    try:
        hints = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}:{_line_of(str(error))}: {error}") from None
    for mistake in stage.pages:
        steps = hints.get(mistake, {}).get("steps", ())
        if len(steps) != STEPS or not all(isinstance(step, str) and step.strip() for step in steps):
            line = text.partition(f'["{mistake}"]')[0].count("\n") + 1 if mistake in hints else 1
            raise CourseError(f'{path}:{line}: {mistake} needs {STEPS} hints: ["{mistake}"] steps = [...]')
    for mistake in hints.keys() - stage.pages.keys():
        line = text.partition(f'["{mistake}"]')[0].count("\n") + 1
        raise CourseError(f"{path}:{line}: there is no page for {mistake}")


def _line_of(error: str) -> str:
    found = re.search(r"at line (\d+)", error)
    return found.group(1) if found else "1"


def _stubs(path: Path) -> Iterator[tuple[str, str]]:
    """The functions of a stub, each with its place; each has a docstring."""
    for name, node in _functions(path).items():
        if not ast.get_docstring(node):
            raise CourseError(f"{path}:{node.lineno}: {name} needs a docstring: it is the task")
        yield name, f"{path}:{node.lineno}"


def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    if not path.is_file():
        raise CourseError(f"{path}:1: is missing")
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise CourseError(f"{path}:{error.lineno}: {error.msg}") from None
    found = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {name: node for name, node in found.items() if not name.startswith("_")}
