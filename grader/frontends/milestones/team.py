"""The functions that a milestone's model is assembled from: the student's, and the kit's for stubs not filled in."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise, stage
from grader.course.pages import solutions_home
from grader.frontends.milestones.roster import Functions, Roster
from grader.grading.intake import read_folder
from grader.results.verdict import Verdict
from grader.student.faults import Frame, NotFilledIn, StudentFault, Unusable
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules


@dataclass(frozen=True)
class Needed:
    """A function that a model needs, and small arguments on which one that is filled in gives some result."""

    stage: int
    name: str
    sample: tuple[Any, ...] = field(compare=False)

    @property
    def exercise(self) -> Exercise:
        return stage(self.stage).exercise(self.name)


class Stopped(Exception):
    """The milestone cannot go on: what the function `name` did, and in which line."""

    def __init__(self, exercise: Exercise, fault: StudentFault) -> None:
        super().__init__(f"{exercise.name}: {fault}")
        self.exercise, self.fault = exercise, fault
        self.where: Frame | None = fault.where


class Pace:
    """Whether there is time for one more step of a training, so that who is slow is not told to have no end."""

    def __init__(self, team: Team) -> None:
        self._team, self._longest, self._began = team, 0.0, time.monotonic()

    def is_over(self) -> bool:
        """Asked before each step: whether less time is left than three of the longest step so far."""
        now = time.monotonic()
        self._longest, self._began = max(self._longest, now - self._began), now
        return self._team.seconds_left() < 3 * self._longest


class Team:
    """Everybody who plays: calls go to the student's function, or to the kit's in the place of an empty stub.

    `missing` names what is not filled in (`notes` tell which files are not there), and `lacking` what of it the kit has
    nothing for either: the students' edition holds no solutions. Raises Stopped where a function raises on its sample.
    """

    def __init__(self, needed: Sequence[Needed], theirs: Roster, deadline: float) -> None:
        self.deadline, self._theirs = deadline, theirs
        self._first: Stopped | None = None
        self._depth = 0
        self._players: dict[str, tuple[Exercise, Functions | None]] = {}
        self.missing: list[str] = []
        self.notes: list[str] = []
        for one in needed:
            player, problem = theirs.players.get(one.stage), theirs.problem(one.exercise)
            self._players[one.name] = (one.exercise, player)
            self.notes += [problem] if problem and problem not in self.notes else []
            if player is None or problem is not None or not self._is_filled_in(one):
                self.missing.append(one.name)
                self._players[one.name] = (one.exercise, _kit(one.stage))
        self.lacking = [name for name, (_, player) in self._players.items() if player is None]

    @cached_property
    def failing(self) -> Sequence[Verdict] | None:
        """The checks that the student's own functions do not pass; None where nobody asks."""
        return self._theirs.failing([found for name, (found, _) in self._players.items() if name not in self.missing])

    @property
    def size(self) -> int:
        """How many functions the model needs."""
        return len(self._players)

    def call(self, name: str, *args: Any) -> Any:
        """The result as plain data. Raises Stopped for whatever goes wrong in the innermost function."""
        if self._depth == 0:
            self._first = None
        self._depth += 1
        exercise, player = self._players[name]
        try:
            if player is None:
                raise NotFilledIn(f"{name} is not filled in")
            return self._ask(player, exercise, args)
        except StudentFault as fault:
            self._first = self._first or Stopped(exercise, fault)
            if self._depth == 1:
                raise self._first from fault
            raise
        finally:
            self._depth -= 1

    def seconds_left(self) -> float:
        """How much of the time is left, and never nothing."""
        return max(1e-3, self.deadline - time.monotonic())

    def _ask(self, player: Functions, exercise: Exercise, args: Sequence[Any]) -> Any:
        """What a player's function gives back. Raises a StudentFault."""
        return player.call(exercise.stem, exercise.name, args, self.deadline)

    def array(self, name: str, value: Any, shape: tuple[int, ...], what: str = "returned", masked: bool = False) -> Any:
        """`value`, which the function `name` returned or passed on, as an array of this shape without a NaN.

        With `masked`, infinities are numbers like others. Raises Stopped, or within a call what becomes of it.
        """
        found = _number_array(value)
        if found is None:
            return self.refuse(name, f"{what} {_kind(value)}, where an array of shape {_shown(shape)} is needed")
        if found.shape != shape:
            return self.refuse(name, f"{what} an array of shape {_shown(found.shape)}, where {_shown(shape)} is needed")
        broken = np.isnan(found) if masked else ~np.isfinite(found)
        if broken.any():
            kinds = [
                word for word, seen in (("NaN", np.isnan(found)), ("infinity", np.isinf(found) & broken)) if seen.any()
            ]
            share = f" in {broken.sum()} of {found.size} numbers" if found.ndim else ""
            return self.refuse(name, f"{what} {' or '.join(kinds)}{share}")
        return found

    def several(self, name: str, value: Any, count: int) -> list[Any]:
        """`value` as so many results. Raises Stopped, as `array` does."""
        if not isinstance(value, list | np.ndarray) or len(value) != count:
            self.refuse(name, f"returned {_kind(value)}, where {count} arrays are needed")
        return list(value)

    def refuse(self, name: str, text: str) -> Any:
        """Stop because of what the function `name` did. Raises Stopped, or within a call what becomes of it."""
        fault = Unusable(text)
        stopped = Stopped(self._players[name][0], fault)
        if self._depth == 0:
            raise stopped
        self._first = self._first or stopped
        raise fault

    def _is_filled_in(self, one: Needed) -> bool:
        try:
            self.call(one.name, *one.sample)
        except Stopped as stopped:
            if isinstance(stopped.fault, NotFilledIn):
                return False
            raise
        return True


def _kit(number: int) -> InProcessFunctions | None:
    home = solutions_home()
    if home is None:
        return None
    level = stage(number)
    return InProcessFunctions(StageModules(read_folder(home / level.name, level)))


def _number_array(value: Any) -> np.ndarray | None:
    """A result in numbers; nested lists are, as everywhere in the kit, as good as an array."""
    if isinstance(value, list):
        try:
            value = np.array(value)
        except (ValueError, TypeError):
            return None
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
        return None
    return value.astype(np.float64)


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {_shown(value.shape)}"
    if isinstance(value, list):
        return f"a sequence of length {len(value)}"
    return "None" if value is None else str(getattr(value, "type_name", type(value).__name__))


def _shown(shape: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, shape))}]"
