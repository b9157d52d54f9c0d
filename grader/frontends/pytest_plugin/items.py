"""One check of an exercise as pytest's item, and how it fails."""

from __future__ import annotations

import bdb
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.course.catalogue import Check, Exercise
    from grader.frontends.pytest_plugin.nodes import ExerciseFile
    from grader.results.verdict import Verdict

PROPERTY = "misstep"
NOTES = "misstep note"
Examined = Mapping[str, "tuple[Verdict, BaseException | None]"]


class CheckFailed(Exception):
    """A check did not pass. Its traceback holds frames of the student's code only."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.message)
        self.verdict = verdict


class CheckWaits(CheckFailed, bdb.BdbQuit):
    """A check that cannot be judged yet: as for a debugger that was left, pytest opens none for it."""


class CheckItem(pytest.Item):
    """One check of one exercise."""

    parent: ExerciseFile

    def __init__(self, *, exercise: Exercise, check: Check, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.exercise, self.check = exercise, check

    def runtest(self) -> None:
        """Fail with the verdict unless the check passes."""
        from grader.results.verdict import to_property

        examined = self.parent.examined(self.exercise)
        verdict, cause = examined[self.check.label]
        # Set, not added: plugins may run an item again.
        self.user_properties[:] = [(PROPERTY, to_property(verdict, str(self.path.parent)))]
        self.user_properties += [(NOTES, note) for note in self.parent.parent.found.notes]
        self.parent.warn_of_imports()
        if not verdict.passed or all(other.passed for other, _ in examined.values()):
            for section in self.parent.take_printed():
                self.add_report_section(*section)
        if not verdict.passed:
            from grader.student.in_process import student_trace

            kind = CheckWaits if verdict.status == "blocked" else CheckFailed
            raise kind(verdict).with_traceback(student_trace(cause, self.parent.parent.functions))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The feedback block in the place of a traceback."""
        if not isinstance(excinfo.value, CheckFailed):
            return super().repr_failure(excinfo, style)
        from grader.results.feedback import as_text, block

        return as_text([block(excinfo.value.verdict)])

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the student's function stands."""
        where = self.parent.parent.functions.where(self.exercise.stem, self.exercise.name)
        return self.path, where.line - 1 if where else 0, self.name
