"""The catalogue: stages, exercises and checks, found by looking and never registered.

An exercise is what the checks of a suite file speak of; a documented mistake is a section of MISTAKES.md.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from types import FunctionType, ModuleType

from grader.course import pages, suites
from grader.course.docstrings import docstring
from grader.course.errors import CourseError
from grader.course.outline import outline, readable_parameters
from grader.course.pages import Page, read_pages


class CatalogueError(CourseError):
    """Suites and pages that do not fit together."""


@dataclass(frozen=True)
class Check:
    """One hidden test of one exercise: of one documented mistake (`id`), or the general one (None)."""

    id: str | None
    exercise: str
    run: Callable[..., None] = field(compare=False, repr=False)
    question: str = ""

    @property
    def label(self) -> str:
        return self.id or "general"

    @property
    def key(self) -> str:
        return f"{self.exercise}[{self.label}]"

    @property
    def place(self) -> str:
        """The file and the line of the test."""
        code = self.run.__code__
        return f"{code.co_filename}:{code.co_firstlineno}"


@dataclass(frozen=True)
class Exercise:
    """One stub function: `name` in the file `stem`.py of its stage, and its checks, the general one last."""

    stage: int
    stem: str
    name: str
    checks: tuple[Check, ...]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A stage of the course: its exercises in the order of the task sheet and its pages by mistake id.

    `title` is what it is about, such as "attention".
    """

    number: int
    title: str
    exercises: tuple[Exercise, ...]
    pages: Mapping[str, Page]

    @property
    def name(self) -> str:
        return f"stage{self.number}"

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The files of the stage, each once, in the order of the task sheet."""
        return tuple(dict.fromkeys(exercise.stem for exercise in self.exercises))

    def exercise(self, name: str) -> Exercise:
        """The exercise of this name. Raises StopIteration where there is none."""
        return next(exercise for exercise in self.exercises if exercise.name == name)


def stages() -> tuple[Stage, ...]:
    """All stages, in order."""
    return tuple(stage(number) for number in stage_numbers())


@cache
def stage_numbers() -> tuple[int, ...]:
    """The numbers of the stages that have a suite; this imports no suite."""
    names = [module.name for module in pkgutil.iter_modules(suites.__path__) if module.ispkg]
    return tuple(sorted(int(m.group(1)) for name in names if (m := re.fullmatch(r"stage(\d+)", name))))


@cache
def stage(number: int) -> Stage:
    """One stage, its suite imported. Raises CourseError where a check lacks its page, its question or its place."""
    package = importlib.import_module(f"grader.course.suites.stage{number}")
    home = pages.exercises_home() / f"stage{number}"
    told = outline(number, home)
    exercises: list[Exercise] = []
    for stem in _stems(package):
        module = importlib.import_module(f"{package.__name__}.test_{stem}")
        exercises += _exercises(number, stem, module, told.parameters)
    exercises = [_with_parameters(exercise, home) for exercise in exercises]
    _require_one_general(exercises)
    _require_pages(home / "MISTAKES.md", exercises, told.pages)
    return Stage(number, _title(package), tuple(exercises), told.pages)


def find_page(mistake: str) -> Page | None:
    """The page of a mistake id such as "5.9"; None where there is none. Raises PageError for a malformed one."""
    head = mistake.partition(".")[0]
    if not head.isdecimal() or int(head) not in stage_numbers():
        return None
    level = stage(int(head))
    # A section that is there and malformed says so itself.
    return level.pages.get(mistake) or read_pages(pages.exercises_home() / level.name / "MISTAKES.md").get(mistake)


def _title(package: ModuleType) -> str:
    """What stands behind "Stage N: " in the first line of the suite's docstring."""
    first = docstring(package).partition("\n")[0]
    title = first.partition(": ")[2].rstrip(".")
    if not title:
        raise CatalogueError(f"{package.__file__}:1: the docstring begins with 'Stage N: ' and the title of the stage")
    return title


def _stems(package: ModuleType) -> list[str]:
    """The exercise files: those that the suite's ORDER names first, then the others by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if m.name.startswith("test_"))
    stems = [name.removeprefix("test_") for name in names]
    order: tuple[str, ...] = getattr(package, "ORDER", ())
    for stem in order:
        if stem not in stems:
            raise CatalogueError(f"{package.__file__}:1: ORDER names {stem!r}, and there is no test_{stem}.py")
    return sorted(stems, key=lambda stem: (order.index(stem) if stem in order else len(order), stem))


def _exercises(number: int, stem: str, module: ModuleType, parameters: Mapping[str, tuple[str, ...]]) -> list[Exercise]:
    by_name: dict[str, list[Check]] = {}
    for name, value in vars(module).items():
        checks: tuple[Check, ...] = getattr(value, "checks", ())
        if not checks and name.startswith("test_") and isinstance(value, FunctionType):
            line = value.__code__.co_firstlineno
            raise CatalogueError(f"{module.__file__}:{line}: {name} is tied to nothing: it needs @shows or @general")
        for check in checks:
            _require_question(check, name)
            by_name.setdefault(check.exercise, []).append(check)
    return [
        Exercise(number, stem, name, tuple(sorted(checks, key=_rank)), parameters.get(name, ()))
        for name, checks in by_name.items()
    ]


def _with_parameters(exercise: Exercise, home: Path) -> Exercise:
    """A new exercise, not recorded yet, has its parameters from its stub."""
    if exercise.parameters:
        return exercise
    found = readable_parameters(home / f"{exercise.stem}.py")
    return replace(exercise, parameters=found.get(exercise.name, ()))


def _rank(check: Check) -> tuple[bool, int]:
    return check.id is None, int(check.id.split(".")[1]) if check.id else 0


def _require_question(check: Check, name: str) -> None:
    if not check.question:
        raise CatalogueError(f"{check.place}: {name} needs a docstring: it is the question that leads the student on")
    if check.id is not None and not re.fullmatch(r"\d+\.[1-9]\d*", check.id):
        raise CatalogueError(f"{check.place}: {check.id!r} is no mistake such as '5.9'")


def _require_one_general(exercises: list[Exercise]) -> None:
    for exercise in exercises:
        general = [check for check in exercise.checks if check.id is None]
        if not general:
            raise CatalogueError(f"{exercise.checks[0].place}: {exercise.name} has no general check (@general)")
        if len(general) > 1:
            raise CatalogueError(f"{general[1].place}: {exercise.name} has a general check already: {general[0].place}")


def _require_pages(path: Path, exercises: list[Exercise], found: Mapping[str, Page]) -> None:
    for exercise in exercises:
        for check in exercise.checks:
            if check.id is not None and check.id not in found:
                # A page that is there and malformed says so itself.
                read_pages(path)
                raise CatalogueError(f"{check.place}: {check.key} has no page: {path} needs a section for {check.id}")
