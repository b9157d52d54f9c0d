"""Right answers with a spoilt result: what is done to it, on what condition, and whether that can be told apart.

`python -m tests.spoiling [STAGE …]` prints, for the solutions, every spoilt one that gets full points.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise, stages
from grader.course.points import Points
from grader.grading.examine import Settings, examine
from grader.grading.reference import PUBLIC_SEED, Solutions
from grader.student.faults import StudentFault
from grader.student.in_process import InProcessFunctions, copied
from grader.student.loader import Source, StageModules
from tests.conftest import ROOT
from tests.domain import asked_of, questions, same_result

SOLUTIONS = ROOT / "solutions"
DRAWS = 80
# Of the questions that meet a condition, the share on which the spoilt result must clearly be another one.
CLEAR = 0.5
reference = Solutions(SOLUTIONS)
Spoil = Callable[[np.ndarray], np.ndarray]


def _one_off(place: int) -> Spoil:
    def spoil(values: np.ndarray) -> np.ndarray:
        result = values.copy()
        if result.size:
            result.flat[place] += 1 + np.abs(values[np.isfinite(values)]).max(initial=0)
        return result

    return spoil


def _buffer(values: np.ndarray) -> np.ndarray:
    result: np.ndarray = np.nan_to_num(values).astype(np.int64)
    return result


def _half(values: np.ndarray) -> np.ndarray:
    result: np.ndarray = (values * 1.06).astype(np.float16)
    return result


def _last_row_lost(values: np.ndarray) -> np.ndarray:
    result = np.atleast_1d(values.copy())
    result[-1] = 0
    return result.reshape(values.shape)


SPOILS: dict[str, Spoil] = {
    "rounded to whole numbers": np.rint,
    "rounded to one decimal": lambda values: np.round(values, 1),
    "rounded to two decimals": lambda values: np.round(values, 2),
    "put into an integer buffer": _buffer,
    "made absolute": np.abs,
    "1.02 times": lambda values: values * 1.02,
    "with its first number off": _one_off(0),
    "with its last number off": _one_off(-1),
    "clipped to ±1": lambda values: np.clip(values, -1, 1),
    "clipped to ±5": lambda values: np.clip(values, -5, 5),
    "clipped at 0": lambda values: np.maximum(values, 0),
    "in half precision and 1.06 times": _half,
    "negated": lambda values: -values,
    "with its last row lost": _last_row_lost,
    "with its first axis turned round": lambda values: values[::-1] if values.ndim else values,
}


def _arrays(args: Sequence[Any]) -> list[np.ndarray]:
    return [arg for arg in args if isinstance(arg, np.ndarray)]


def _lengths(args: Sequence[Any]) -> list[int]:
    """The axes of all arrays, and whole numbers, which are lengths too."""
    whole = [arg for arg in args if isinstance(arg, int) and not isinstance(arg, bool)]
    return [n for values in _arrays(args) for n in values.shape] + whole


def _rows(args: Sequence[Any]) -> list[int]:
    return [values.shape[0] for values in _arrays(args) if values.ndim > 1] or _lengths(args)[:1]


def _floats(args: Sequence[Any]) -> list[np.ndarray]:
    return [values[np.isfinite(values)] for values in _arrays(args) if values.dtype.kind == "f"]


def _repeats(values: np.ndarray) -> bool:
    return values.dtype.kind in "iu" and len(np.unique(values)) < values.size


CONDITIONS: dict[str, Callable[[Sequence[Any]], bool]] = {
    "always": lambda args: True,
    "for one row": lambda args: 1 in _rows(args),
    "for more than four rows": lambda args: max(_rows(args), default=0) > 4,
    "for an axis beyond 8": lambda args: max(_lengths(args), default=0) > 8,
    "for an axis beyond 16": lambda args: max(_lengths(args), default=0) > 16,
    "for negative numbers": lambda args: any((values < 0).any() for values in _floats(args)),
    "for decimal numbers": lambda args: any((values != np.rint(values)).any() for values in _floats(args)),
    "in single precision": lambda args: any(values.dtype == np.float32 for values in _arrays(args)),
    "for repeated indices": lambda args: any(map(_repeats, _arrays(args))),
    "for odd sizes": lambda args: any(n % 2 and n > 1 for n in _lengths(args)),
    "for arrays that are not contiguous": lambda args: any(not v.flags.c_contiguous for v in _arrays(args)),
}


@dataclass(frozen=True)
class Spoiling:
    """One way to spoil an exercise: by its names in SPOILS and CONDITIONS. `part` is the one result of several."""

    exercise: Exercise
    how: str
    when: str
    part: int | None = None

    def __str__(self) -> str:
        which = "" if self.part is None else f" (result {self.part + 1} alone)"
        return f"stage{self.exercise.stage} {self.exercise.name}: {self.how} {self.when}{which}"

    def met(self, args: Sequence[Any]) -> bool:
        """Whether the arguments meet the condition."""
        return CONDITIONS[self.when](args)

    def spoilt(self, result: Any) -> Any:
        """The result, spoilt in all of its parts or in one."""
        with np.errstate(all="ignore"):
            return self._spoilt(result, self.part)

    def _spoilt(self, result: Any, part: int | None = None) -> Any:
        if isinstance(result, list):
            return [self._spoilt(one) if part in (None, place) else one for place, one in enumerate(result)]
        if isinstance(result, dict):
            return {key: self._spoilt(one) for key, one in result.items()}
        if isinstance(result, np.ndarray):
            return SPOILS[self.how](result)
        if isinstance(result, int | float) and not isinstance(result, bool):
            return SPOILS[self.how](np.array(result)).item()
        return result


class Spoilt(InProcessFunctions):
    """The functions of a room, one of them with a spoilt result. `count` says how often the condition was met."""

    def __init__(self, room: StageModules, spoiling: Spoiling) -> None:
        super().__init__(room, watch=False)
        self.spoiling, self.count = spoiling, 0

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        result = super().call(stem, name, args, deadline)
        if name != self.spoiling.exercise.name or not self.spoiling.met(args):
            return result
        self.count += 1
        return self.spoiling.spoilt(result)


def spoilings(exercise: Exercise, result: Any) -> Iterator[Spoiling]:
    """Every way to spoil an exercise whose results look like this one."""
    parts: list[int | None] = [None, *range(len(result))] if isinstance(result, list) else [None]
    return (Spoiling(exercise, how, when, part) for when in CONDITIONS for how in SPOILS for part in parts)


def tellable(exercise: Exercise, every: int = 1) -> list[Spoiling]:
    """The ways to spoil an exercise (or a sample, every so many) that the contract lets a check tell apart.

    That is seen on random questions.
    """
    rng = np.random.default_rng([PUBLIC_SEED, exercise.stage, len(exercise.name)])
    room = StageModules(solution_sources(exercise.stage))
    asked = []
    for args in questions(exercise.name, rng, DRAWS):
        with suppress(StudentFault):  # where an exception is what is asked, there is no result to spoil
            asked.append((args, room.call(exercise.stem, exercise.name, copied(args))))
    return [one for one in [*spoilings(exercise, asked[0][1])][::every] if _is_clear(one, asked)]


def _is_clear(spoiling: Spoiling, asked: Sequence[tuple[Sequence[Any], Any]]) -> bool:
    met = [result for args, result in asked if spoiling.met(args)]
    clear = sum(not same_result(spoiling.exercise.name, spoiling.spoilt(result), result) for result in met)
    return bool(met) and clear >= CLEAR * len(met)


def solution_sources(number: int) -> dict[str, Source]:
    """The solutions of a stage by stem."""
    return {p.stem: Source(p.name, (p.read_bytes(),)) for p in (SOLUTIONS / f"stage{number}").glob("*.py")}


def gets_full_points(spoiling: Spoiling, sources: Mapping[str, Source], seed: int = PUBLIC_SEED) -> bool:
    """Whether the checks of the exercise let the spoilt answer pass. The general check goes first, for speed."""
    functions = Spoilt(StageModules(sources), spoiling)
    exercise = spoiling.exercise
    for checks in (exercise.checks[-1:], exercise.checks[:-1]):
        part = replace(exercise, checks=checks)
        found = examine(part, functions, Settings(seed, Points(), reference), time.monotonic() + 60)
        if not all(verdict.passed for verdict, _ in found):
            return False
    return True


def main(wanted: Sequence[str]) -> int:
    """Print the spoilt solutions that get full points, of all stages or those wanted."""
    tried = escaped = 0
    for exercise in (e for level in stages() if not wanted or str(level.number) in wanted for e in asked_of(level)):
        sources = solution_sources(exercise.stage)
        for spoiling in tellable(exercise):
            tried += 1
            if gets_full_points(spoiling, sources):
                escaped += 1
                print(spoiling, flush=True)
    print(f"{tried} spoilt answers, {escaped} with full points")
    return int(escaped > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
