"""The pytest front: `pytest exercises/stage5` collects the hidden checks for the files of a stage."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.course.catalogue import Check, Exercise, Stage
    from grader.grading.examine import Settings
    from grader.results.verdict import Verdict
    from grader.student.in_process import InProcessFunctions

TIME_LIMIT = 10.0
MAX_CAPTURED = 10_000
LETTERS = {"mistake": "M", "wrong": "W", "blocked": "B", "todo": "T", "error": "E", "timeout": "H"}
PROPERTY = "misstep"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the checks; they do nothing where no exercise is collected."""
    from grader.frontends.commands._arguments import seed

    group = parser.getgroup("misstep", "exercises that name the exact mistake")
    group.addoption("--misstep-seed", type=seed, default=None, help="seed of all inputs (default: the public one)")
    group.addoption(
        "--misstep-timeout",
        type=float,
        default=TIME_LIMIT,
        metavar="SECONDS",
        help="time limit of an exercise (default: %(default)g)",
    )


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take over the directories that hold the files of a stage."""
    from grader.course.pages import stage_of

    number = stage_of(path)
    return StageDirectory.from_parent(parent, path=path, number=number) if number else None


class StageDirectory(pytest.Directory):
    """A directory with the files of a stage: every file that the stage asks for, there or not.

    pytest makes a node of every sibling of what it is asked for, so nothing is loaded before it is needed.
    """

    def __init__(self, *, number: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._number = number

    @cached_property
    def stage(self) -> Stage:
        """The stage with its suite."""
        from grader.course.catalogue import stage

        # The checks hold no `assert`: to have pytest rewrite them would take most of a run's start for nothing.
        finders = sys.meta_path[:]
        sys.meta_path[:] = [finder for finder in finders if type(finder).__name__ != "AssertionRewritingHook"]
        try:
            return stage(self._number)
        finally:
            sys.meta_path[:] = finders

    @cached_property
    def settings(self) -> Settings:
        """Seed, points and right answers for this directory."""
        return _settings(self.config, self.path)

    @cached_property
    def functions(self) -> InProcessFunctions:
        """The student's functions."""
        from grader.grading.intake import read_folder
        from grader.student.in_process import InProcessFunctions
        from grader.student.loader import StageModules

        debugging = bool(self.config.getoption("usepdb", False))
        modules = StageModules(read_folder(self.path, self.stage))
        return InProcessFunctions(modules, debug=debugging, before_exit=self._let_speak)

    def _let_speak(self) -> None:
        """Let what is written next reach the terminal."""
        capture = self.config.pluginmanager.getplugin("capturemanager")
        if capture is not None:
            capture.suspend_global_capture()

    def collect(self) -> Iterable[ExerciseFile]:
        """One node per file of the stage. A table of points that cannot be used is told here, once."""
        assert self.settings
        for stem in self.stage.stems:
            path = self.path / f"{stem}.py"
            yield ExerciseFile.from_parent(self, path=path, stem=stem)


class ExerciseFile(pytest.File):
    """One file of a stage."""

    parent: StageDirectory

    def __init__(self, *, stem: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stem = stem
        self._examined: dict[str, dict[str, tuple[Verdict, BaseException | None]]] = {}

    def collect(self) -> Iterator[CheckItem]:
        """One item per planned check of the file's exercises."""
        for exercise in self.parent.stage.exercises:
            if exercise.stem == self.stem:
                for check in exercise.checks:
                    if self.parent.settings.points.planned(exercise, check):
                        # Given as text, the id is read as a parametrised test's, as it will be read from the cache.
                        place = {"name": check.key, "nodeid": f"{self.nodeid}::{check.key}"}
                        yield CheckItem.from_parent(self, **place, exercise=exercise, check=check)

    def examined(self, exercise: Exercise) -> dict[str, tuple[Verdict, BaseException | None]]:
        """All verdicts of an exercise by the check's label. They know of each other, so they are made at once."""
        from grader.grading.examine import examine

        if exercise.name not in self._examined:
            deadline = time.monotonic() + self.config.getoption("misstep_timeout")
            found = examine(exercise, self.parent.functions, self.parent.settings, deadline)
            self._examined[exercise.name] = {verdict.label: (verdict, cause) for verdict, cause in found}
        return self._examined[exercise.name]


class CheckFailed(Exception):
    """A check did not pass. Its traceback holds frames of the student's code only."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.message)
        self.verdict = verdict


class CheckItem(pytest.Item):
    """One check of one exercise."""

    parent: ExerciseFile

    def __init__(self, *, exercise: Exercise, check: Check, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.exercise, self.check = exercise, check

    def runtest(self) -> None:
        """Fail with the verdict unless the check passes."""
        from grader.results.verdict import to_property

        verdict, cause = self.parent.examined(self.exercise)[self.check.label]
        self.user_properties.append((PROPERTY, to_property(verdict, str(self.path.parent))))
        if not verdict.passed:
            from grader.student.in_process import student_trace

            raise CheckFailed(verdict).with_traceback(student_trace(cause, self.parent.parent.functions))

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


def _settings(config: pytest.Config, path: Path) -> Settings:
    from grader.course.points import PointsError, find_points
    from grader.grading.examine import Settings
    from grader.grading.reference import PUBLIC_SEED, NoReference, choose_reference

    given = config.getoption("misstep_seed")
    seed = PUBLIC_SEED if given is None else given
    try:
        return Settings(seed, find_points(path), choose_reference(seed))
    except (PointsError, NoReference) as error:
        raise pytest.Collector.CollectError(str(error)) from error


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing but exercises failed, pytest's own list of failures gives way to the feedback."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    failed = reporter.stats.get("failed", []) + reporter.stats.get("error", [])
    if failed and all(_property(report) is not None for report in failed):
        session.config.option.tbstyle = "no"
        reporter.reportchars = ""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Cut long noise that the student's code printed, before it is stored or sent anywhere."""
    outcome: Any = yield
    if isinstance(item, CheckItem):
        report = outcome.get_result()
        report.sections = [(name, text[:MAX_CAPTURED]) for name, text in report.sections]


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, Any] | None:
    """A letter and a word for each status; all but passed stay failures."""
    found = _property(report)
    if found is None or not report.failed:
        return None
    status = str(found["status"])
    return (
        "failed",
        LETTERS[status],
        (status.upper(), {"red": status != "blocked", "yellow": status == "blocked"}),
    )


def _property(report: object) -> dict[str, Any] | None:
    """The verdict that a report carries, if it is of the call of a check."""
    if not isinstance(report, pytest.TestReport) or report.when != "call":
        return None
    found: Any = dict(report.user_properties).get(PROPERTY)
    return found if isinstance(found, dict) else None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Write the feedback and the boards."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    found = [(report, data) for report in reports if (data := _property(report)) is not None]
    if found:
        from grader.frontends.pytest_plugin.terminal import write_summary

        write_summary(terminalreporter, found)


@pytest.hookimpl(optionalhook=True)
def pytest_json_runtest_metadata(item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any]:
    """What pytest-json-report stores of a check."""
    if call.when != "call" or not isinstance(item, CheckItem):
        return {}
    verdict, _ = item.parent.examined(item.exercise)[item.check.label]
    return verdict.to_json()
