"""The student's function as a check sees it, with a record of every call: what was asked and what came of it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import inf
from types import TracebackType
from typing import Any

from grader.course.catalogue import Exercise
from grader.grading.bounds import CallsBack, CheckAlarm
from grader.student.faults import StudentFault


@dataclass(frozen=True)
class Call:
    """One call: its arguments, the result or the fault, and where the function returned, for a debugger."""

    args: tuple[Any, ...]
    outcome: Any
    returned: TracebackType | None = None


class Asked:
    """Calls a student's function and remembers what was asked, so that a message speaks of the right call."""

    def __init__(self, exercise: Exercise, functions: Any, deadline: float) -> None:
        self.exercise, self.functions, self.deadline = exercise, functions, deadline
        self.calls: list[Call] = []
        self._alarm = CheckAlarm()

    def alarm(self) -> AbstractContextManager[None]:
        """Ends the check that asks, should it work on for long after the deadline; not with a debugger."""
        return self._alarm.set(inf if getattr(self.functions, "patient", False) else self.deadline)

    def __call__(self, *args: Any) -> Any:
        try:
            with self._alarm.held():
                counted = CallsBack().counted(args)
                result = self.functions.call(self.exercise.stem, self.exercise.name, counted, self.deadline)
        except StudentFault as fault:
            self.calls.append(Call(args, fault))
            raise
        self.calls.append(Call(args, result, getattr(self.functions, "returned", None)))
        return result

    def call_of(self, outcome: object) -> Call | None:
        """The call that this very result or fault came of; None where it came of none."""
        return next((call for call in reversed(self.calls) if call.outcome is outcome), None)
