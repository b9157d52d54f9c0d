"""The right answers that general checks compare with: the solutions, or what was recorded of them.

The students' edition holds no solutions. It holds the answers to the very questions that the general checks
ask under the public seed, numbered in the order in which they are asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from grader.course import suites
from grader.course.catalogue import Exercise, stage
from grader.course.checks import Answer
from grader.course.comparison import Comparison
from grader.course.measure import by_column, printable
from grader.course.pages import solutions_home
from grader.grading.intake import read_folder
from grader.student.faults import StudentFault
from grader.student.in_process import copied
from grader.student.loader import StageModules

PUBLIC_SEED = 2026
# So many seeds after the recorded one are recorded too.
NEIGHBOURS = 2
# Of so many questions of a general check, one has its arrays in column order.
EVERY = 3
# Beside the suites, in the bundle of a course that has a seed of its own.
SEED_FILE = "seed.txt"
_SUITES = Path(suites.__file__).resolve().parent


class NoReference(RuntimeError):
    """There is no right answer to compare with."""


class Reference(Protocol):
    """A source of right answers."""

    def solve(self, exercise: Exercise, seed: int, number: int, args: Sequence[Any]) -> Any:
        """The right answer to question `number` of an exercise's general check, as plain data."""

    def expected(self, exercise: Exercise, seed: int) -> Right:
        """The answers for one run of an exercise's general check."""

    def solution(self, exercise: Exercise) -> Answer | None:
        """The solution as checks see a student's function; None where only its answers are at hand."""


class Right:
    """The right answers of one run of one general check, and what the student's came to beside them."""

    def __init__(self, solve: Callable[[int, Sequence[Any]], Any], exercise: Exercise) -> None:
        self._solve, self._exercise, self._asked = solve, exercise, 0
        self.comparison = Comparison()

    def __call__(self, *args: Any) -> Any:
        self._asked += 1
        return self._solve(self._asked, args)

    def compare(self, answer: Answer, *args: Any) -> None:
        """Ask and compare; see `checks.Expected`."""
        args = self.as_asked(args)
        given = tuple(map(by_column, args)) if self._asked % EVERY == EVERY - 1 else args
        got = answer(*given)
        self.judge(got, self(*args), dict(zip(self._exercise.parameters, given, strict=False)))

    def as_asked(self, args: Sequence[Any]) -> tuple[Any, ...]:
        """The arguments of the next question: in every other one, rounded so that it can be worked by hand.

        Not in all: a function that rounds its result would not be told from a right one.
        """
        return tuple(args if self._asked % 2 else map(printable, args))

    def judge(self, got: Any, want: Any, inputs: Mapping[str, Any]) -> None:
        """Compare a result with the right one; see `checks.Expected`."""
        self.comparison.add(got, want, inputs)


class Solutions:
    """Right answers from running the solutions; each question is worked out once for all submissions."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._stages: dict[int, StageModules] = {}
        self._known: dict[tuple[str, int, int], Any] = {}

    def expected(self, exercise: Exercise, seed: int) -> Right:
        return Right(lambda number, args: self.solve(exercise, seed, number, args), exercise)

    def solve(self, exercise: Exercise, seed: int, number: int, args: Sequence[Any]) -> Any:
        key = (f"{exercise.stage}/{exercise.name}", seed, number)
        if key not in self._known:
            self._known[key] = self._work_out(exercise, args)
        return self._known[key]

    def solution(self, exercise: Exercise) -> Answer:
        return lambda *args: self._call(exercise, args)

    def _work_out(self, exercise: Exercise, args: Sequence[Any]) -> Any:
        try:
            return self._call(exercise, args)
        except StudentFault as fault:
            raise NoReference(f"the solution of {exercise.name} failed: {fault}") from fault

    def _call(self, exercise: Exercise, args: Sequence[Any]) -> Any:
        if exercise.stage not in self._stages:
            level = stage(exercise.stage)
            self._stages[exercise.stage] = StageModules(read_folder(self._home / level.name, level))
        return self._stages[exercise.stage].call(exercise.stem, exercise.name, copied(args))


class Recorded:
    """Right answers as they were recorded: for the public seed, or in a course's own bundle for its seed."""

    def __init__(self) -> None:
        self._stages: dict[int, dict[str, Any]] = {}

    def expected(self, exercise: Exercise, seed: int) -> Right:
        return Right(lambda number, args: self.solve(exercise, seed, number, args), exercise)

    def solution(self, exercise: Exercise) -> None:
        return None

    def solve(self, exercise: Exercise, seed: int, number: int, args: Sequence[Any]) -> Any:
        further = seed - recorded_seed()
        if not 0 <= further <= NEIGHBOURS:
            raise NoReference(_only_recorded())
        if exercise.stage not in self._stages:
            self._stages[exercise.stage] = load(record_path(exercise.stage))
        try:
            return self._stages[exercise.stage][record_key(exercise.name, number, further)]
        except KeyError:
            raise NoReference(
                f"no answer {number} is recorded for {exercise.name}: run `misstep record` anew"
            ) from None


def find_reference() -> Reference:
    """The solutions where they are at hand, or else the recorded answers."""
    home = solutions_home()
    return Solutions(home) if home else Recorded()


def choose_reference(seed: int) -> Reference:
    """The reference for a seed. Raises NoReference where this edition has no right answers for it."""
    reference = find_reference()
    if not isinstance(reference, Solutions) and seed != recorded_seed():
        raise NoReference(_only_recorded())
    return reference


def _only_recorded() -> str:
    which = f"the public seed {PUBLIC_SEED}" if recorded_seed() == PUBLIC_SEED else "the seed of its course"
    return f"right answers are recorded for {which} only; another seed needs the solutions, which this edition lacks"


def recorded_seed() -> int:
    """The seed whose right answers are recorded: the public one, or in a course's own bundle the course's."""
    path = _SUITES / SEED_FILE
    return int(path.read_text(encoding="utf-8")) if path.is_file() else PUBLIC_SEED


def record_key(exercise: str, number: int, further: int) -> str:
    """The key of an answer: of the recorded seed, or of one that is so many further."""
    return f"{exercise}/{number}" + (f"+{further}" if further else "")


def record_path(number: int) -> Path:
    """Where a stage's recorded answers are kept."""
    return _SUITES / f"stage{number}" / "expected.npz"


def dump(path: Path, answers: dict[str, Any]) -> None:
    """Write recorded answers: the arrays, and a skeleton of everything else as JSON."""
    arrays: dict[str, np.ndarray] = {}
    skeleton = json.dumps({key: _flat(value, arrays) for key, value in answers.items()}, sort_keys=True)
    with path.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, skeleton=np.array(skeleton), **arrays)


def load(path: Path) -> dict[str, Any]:
    """Read recorded answers. Raises NoReference where there are none."""
    if not path.is_file():
        raise NoReference(f"{path} is missing: run `misstep record`")
    with np.load(path, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    return {key: _full(value, arrays) for key, value in json.loads(str(arrays["skeleton"])).items()}


def _flat(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    if isinstance(value, np.ndarray):
        key = f"a{len(arrays)}"
        arrays[key] = value
        return {"array": key}
    if isinstance(value, list):
        return [_flat(item, arrays) for item in value]
    return value


def _full(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    if isinstance(value, dict):
        return arrays[value["array"]]
    if isinstance(value, list):
        return [_full(item, arrays) for item in value]
    return value
