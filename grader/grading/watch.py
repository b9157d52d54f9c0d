"""What a grading process is at, seen by the process that started it even when it hangs or dies."""

from __future__ import annotations

import time
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from typing import Any

from grader.course.catalogue import Exercise, stage

# How long after its deadline an exercise is left alone: by then the alarm has rung for every check in Python code.
SLACK_SECONDS = 4.0
# Reading a submission, writing its result, and whatever else is done beside its exercises, is bounded in size.
ELSEWHERE_SECONDS = 120.0
# So many processes may be lost over one submission before whatever is left of it is called late.
MOST_LOST = 4
NOT_IN_TIME = "checking what your code returned or passed on did not come to an end in time"
NOT_AT_ALL = "checking what your code returned or passed on ended the grading process, and did so again"


@dataclass(frozen=True)
class Lost:
    """How a grading process was lost over a submission: at which exercise (stage and place; None: at none of them),
    whether it was ended because it took too long, and how many seconds of the submission's time were gone.
    """

    exercise: tuple[int, int] | None
    late: bool
    spent: float


class Watch:
    """One grading process: it writes what it is at, its parent reads it. `numbers` is memory that both share.

    By itself it is the watch of a process that nobody watches.
    """

    def __init__(self, numbers: MutableSequence[float] | Any = None) -> None:
        # When the submission was begun, until when this part of it may take, the stage and place of the exercise.
        self._numbers = [0.0] * 4 if numbers is None else numbers
        self._lost: Sequence[Lost] = ()

    def begin(self, lost: Sequence[Lost]) -> None:
        """A submission is begun, over which these processes were lost before."""
        self._lost = lost
        self._set(time.monotonic(), ELSEWHERE_SECONDS)

    def turn_to(self, exercise: Exercise, deadline: float) -> None:
        """An exercise is begun."""
        place = stage(exercise.stage).exercises.index(exercise)
        self._numbers[1:] = [deadline + SLACK_SECONDS, float(exercise.stage), float(place)]

    def turn_away(self) -> None:
        """The exercise is done."""
        self._set(self._numbers[0], ELSEWHERE_SECONDS)

    def end(self) -> None:
        """The submission is done."""
        self._numbers[:] = [0.0] * 4

    def _set(self, began: float, seconds: float) -> None:
        self._numbers[:] = [began, time.monotonic() + seconds, 0.0, 0.0]

    @property
    def spent(self) -> float:
        """The seconds of the submission's time that went with processes that were lost."""
        return sum(lost.spent for lost in self._lost) if len(self._lost) < MOST_LOST else float("inf")

    def verdict(self, exercise: Exercise) -> tuple[str, str] | None:
        """Status and text of an exercise over which processes were lost, if it is not to be tried again."""
        where = exercise.stage, stage(exercise.stage).exercises.index(exercise)
        here = [lost for lost in self._lost if lost.exercise == where]
        if any(lost.late for lost in here):
            return "timeout", NOT_IN_TIME
        return ("error", NOT_AT_ALL) if len(here) > 1 else None

    @property
    def is_late(self) -> bool:
        """Whether the process should have been done by now."""
        return 0 < self._numbers[1] < time.monotonic()

    def lost(self, *, late: bool) -> Lost:
        """The process is gone: where it was."""
        began, until, number, place = self._numbers
        spent = min(time.monotonic(), until - SLACK_SECONDS if number else until) - began
        return Lost((int(number), int(place)) if number else None, late, max(0.0, spent))


def may_go_on(lost: Sequence[Lost]) -> bool:
    """Whether a submission over which these processes were lost is given to another."""
    if lost[-1].exercise is None:
        return not lost[-1].late and all(earlier.exercise for earlier in lost[:-1])
    return len(lost) <= MOST_LOST
