"""What a suite file needs to say which mistake a test is about, and what the test saw.

A check is a plain function `test_…(answer, rng)` whose docstring is the question that leads the student
on. It passes by returning. `mistake`, `wrong` and `blocked` end it with a verdict; a fault of the student's code may
simply pass through.

Each of the three takes a sentence and the numbers in it by name, from the student's own output:

    mistake(
        "Row {row} of your weights sums to {total} with a mask, and to {free} without one.",
        row=2, total=weights[2].sum(), free=1.0,
    )  # Row 2 of your weights sums to 0.62 with a mask, and to 1 without one.

They are shown as `grader.course.numbers` shows numbers (`{n:token}` counts, `{factor:times}` is a factor), and they
travel beside the text to the store, where a test can recompute them. A sentence without numbers is taken as it is,
and so is every brace that is not a number's name: an exception's text may hold any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, NoReturn, Protocol, TypeVar

import numpy as np

from grader.course.catalogue import Check
from grader.course.docstrings import docstring
from grader.course.numbers import as_data, filled
from grader.student.faults import Raised

__all__ = ["Answer", "Expected", "Rng", "blocked", "general", "mistake", "shows", "wrong"]

Rng = np.random.Generator
_Test = TypeVar("_Test", bound=Callable[..., None])


class Answer(Protocol):
    """The student's function. Arguments go by position and as copies; the result is plain data."""

    def __call__(self, *args: Any) -> Any: ...


class Expected(Protocol):
    """The right answers, for general checks."""

    def __call__(self, *args: Any) -> Any:
        """What the solution returns for these arguments, as plain data."""

    def compare(self, answer: Answer, *args: Any) -> None:
        """Ask the student's function and compare its result with the right one.

        Nothing is raised at once: when the check is over, the case that shows best what is wrong is told, and what
        explains all of them. So every case is asked, and `wrong` after one that differed changes nothing.
        """

    def judge(self, got: Any, want: Any, inputs: Mapping[str, Any]) -> None:
        """The same for a result that is at hand already; `inputs` are the arguments by name, for the message."""


class Finding(AssertionError):
    """What a check has to say of a submission, unless it passes.

    `text` is the whole sentence, and `numbers` are those in it by name, as JSON. `result` is what the student's
    function returned, where the finding is about one result, and `returned` the place in the student's code where it
    did, for a debugger.
    """

    status = "wrong"
    result: Any = None
    returned: TracebackType | None = None

    def __init__(self, text: str, numbers: Mapping[str, Any] | None = None) -> None:
        super().__init__(text)
        self.numbers = {name: as_data(value) for name, value in (numbers or {}).items()}


class MistakeSeen(Finding):
    """The documented mistake was seen in the output."""

    status = "mistake"

    def __init__(self, text: str, numbers: Mapping[str, Any] | None = None, *, explains: Raised | None = None) -> None:
        super().__init__(text, numbers)
        self.explains = explains


class CannotJudge(Finding):
    """Another problem hides the behaviour."""

    status = "blocked"


class WrongResult(Finding):
    """The result is wrong and this says how."""


def mistake(text: str, /, *, explains: Raised | None = None, **numbers: Any) -> NoReturn:
    """End the check: its documented mistake was seen, and `text` shows it in the student's own `numbers`.

    `explains` is the exception that the mistake made the student's code raise, if it was seen that way:
    other checks that run into the same exception are then blocked and no errors of their own.
    """
    raise MistakeSeen(filled(text, numbers), numbers, explains=explains)


def blocked(text: str, /, **numbers: Any) -> NoReturn:
    """End the check: something else hides the behaviour, and `text` says what."""
    raise CannotJudge(filled(text, numbers), numbers)


def wrong(text: str, /, **numbers: Any) -> NoReturn:
    """End a general check: the result is wrong, and `text` says how."""
    raise WrongResult(filled(text, numbers), numbers)


def shows(mistake_id: str, exercise: str) -> Callable[[_Test], _Test]:
    """Tie a test to the documented mistake that it looks for in an exercise."""
    return _tie(mistake_id, exercise)


def general(exercise: str) -> Callable[[_Test], _Test]:
    """Make a test the general check of an exercise: is the result right?"""
    return _tie(None, exercise)


def _tie(mistake_id: str | None, exercise: str) -> Callable[[_Test], _Test]:
    def tie(test: _Test) -> _Test:
        question = " ".join(docstring(test).split())
        known: tuple[Check, ...] = getattr(test, "checks", ())
        test.checks = (*known, Check(mistake_id, exercise, test, question))  # type: ignore[attr-defined]
        return test

    return tie
