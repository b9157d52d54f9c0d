"""The question that a wrong answer failed on: most candidates die on it, so it is asked first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise
from grader.course.checks import Answer, Finding
from grader.course.difference import difference
from grader.course.measure import close
from grader.grading.examine import Functions, Settings
from grader.grading.questions import seeded
from grader.student.faults import StudentFault


@dataclass(frozen=True)
class Case:
    """A question of the general check, the right answer to it, and the student's own."""

    args: tuple[Any, ...]
    right: Any
    own: Any = None

    def solved_by(self, got: Any) -> bool:
        """Whether a result is the right one."""
        if isinstance(got, np.ndarray) and isinstance(self.right, np.ndarray):
            return got.shape == self.right.shape and close(got, self.right)
        return not difference(got, self.right)


class _Noting:
    """Stands between a general check and its right answers, and notes what is compared."""

    def __init__(self, right: Any) -> None:
        self._right = right
        self.case: Case | None = None

    def __call__(self, *args: Any) -> Any:
        return self._right(*args)

    def compare(self, answer: Answer, *args: Any) -> None:
        asked = self._right.as_asked(args)
        got = answer(*asked)
        self.case = Case(asked, self._right(*asked), got)
        if not self.case.solved_by(got):
            raise Finding("not the right answer")

    def judge(self, got: Any, want: Any, inputs: Mapping[str, Any]) -> None:
        """A result that the check has made something of: no question by itself."""
        self.case = None
        if difference(got, want):
            raise Finding("not the right answer")


def failing_case(exercise: Exercise, functions: Functions, settings: Settings, deadline: float) -> Case | None:
    """The first question whose answer is not the right one; None where the check does not compare answers."""
    general = exercise.checks[-1]
    noting = _Noting(settings.reference.expected(exercise, settings.seed))

    def answer(*args: Any) -> Any:
        noting.case = None
        return functions.call(exercise.stem, exercise.name, args, deadline)

    try:
        general.run(answer=answer, rng=seeded(settings.seed, exercise, general), expected=noting)
    except (Finding, StudentFault):
        return noting.case
    return None
