"""What pytest collects in a stage's directory: its files and, in each, one item per planned check."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.frontends.pytest_plugin.alarm import time_for
from grader.frontends.pytest_plugin.guard import guarded
from grader.frontends.pytest_plugin.imports import warn_of_imports
from grader.frontends.pytest_plugin.items import CheckItem, Examined
from grader.frontends.pytest_plugin.settings import pictured, settings_of

if TYPE_CHECKING:
    from grader.course.catalogue import Exercise, Stage
    from grader.grading.examine import Settings
    from grader.grading.intake import Found
    from grader.results.verdict import Verdict
    from grader.student.in_process import InProcessFunctions


class StageDirectory(pytest.Directory):
    """A directory with the files of a stage: every file that the stage asks for, there or not, and own tests.

    pytest makes a node of every sibling of what it is asked for, so nothing is loaded before it is needed.
    """

    def __init__(self, *, number: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._number = number
        self._spell_out()

    def _spell_out(self) -> None:
        """Let the terminal write our signs in any encoding."""
        from grader.results.escape import spell_out

        reporter: Any = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            spell_out(reporter._tw._file)

    @cached_property
    def stage(self) -> Stage:
        """The stage with its suite."""
        from grader.course.catalogue import stage
        from grader.course.errors import CourseError

        # The checks hold no `assert`: to have pytest rewrite them would take most of a run's start for nothing.
        finders = sys.meta_path[:]
        sys.meta_path[:] = [finder for finder in finders if type(finder).__name__ != "AssertionRewritingHook"]
        try:
            return stage(self._number)
        except CourseError as error:
            raise self.CollectError(str(error)) from None
        finally:
            sys.meta_path[:] = finders

    @cached_property
    def settings(self) -> Settings:
        """Seed, points and right answers for this directory."""
        return settings_of(self.config, self.path)

    @cached_property
    def line_seconds(self) -> float:
        """What is left of the time in which the line of a slip is looked for, in all of the stage."""
        return self.settings.line_seconds

    @cached_property
    def found(self) -> Found:
        """The student's files, and what was guessed about them."""
        from grader.grading.intake import read_stage_folder

        return read_stage_folder(self.path, self.stage)

    @cached_property
    def functions(self) -> InProcessFunctions:
        """The student's functions."""
        from grader.student.in_process import InProcessFunctions
        from grader.student.loader import StageModules

        debugging = bool(self.config.getoption("usepdb", False))
        modules = StageModules(self.found.sources, self.settings.points.allow)
        return InProcessFunctions(modules, debug=debugging, before_exit=self._let_speak)

    def _let_speak(self) -> None:
        """Let what is written next reach the terminal."""
        capture = self.config.pluginmanager.getplugin("capturemanager")
        if capture is not None:
            capture.suspend_global_capture()

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """One node per file of the stage, then the student's own tests beside them.

        A table of points that cannot be used is told here, once.
        """
        self.settings  # noqa: B018 - read here for its error
        for stem in self.stage.stems:
            path = self.path / f"{stem}.py"
            if not self._is_ignored(path):
                yield ExerciseFile.from_parent(self, path=path, stem=stem)
        yield from self._own_tests({f"{stem}.py" for stem in self.stage.stems})

    def _own_tests(self, files: set[str]) -> Iterator[pytest.Item | pytest.Collector]:
        """What pytest would collect here if there were no exercises; a copy of a stage is no second submission."""
        from grader.course.pages import stage_of

        for path in sorted(self.path.iterdir()):
            if path.name in files or self._is_ignored(path):
                continue
            if path.is_dir() and stage_of(path) is None:
                found = self.ihook.pytest_collect_directory(path=path, parent=self)
                yield from () if found is None else (found,)
            elif path.is_file():
                yield from self.ihook.pytest_collect_file(file_path=path, parent=self)

    def _is_ignored(self, path: Path) -> bool:
        """Whether `--ignore` and the like leave this path out; what is asked for by name never is."""
        if self.session.isinitpath(path, with_parents=True):
            return False
        return bool(self.ihook.pytest_ignore_collect(collection_path=path, config=self.config))


class ExerciseFile(pytest.File):
    """One file of a stage."""

    parent: StageDirectory

    def __init__(self, *, stem: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stem = stem
        self._examined: dict[str, Examined] = {}
        self._printed: list[tuple[str, str, str]] = []
        self._warned = False

    def collect(self) -> Iterator[CheckItem]:
        """One item per planned check of the file's exercises."""
        for exercise in self.parent.stage.exercises:
            if exercise.stem == self.stem:
                for check in exercise.checks:
                    if self.parent.settings.points.planned(exercise, check):
                        # Given as text, the id is read as a parametrised test's, as it will be read from the cache.
                        place = {"name": check.key, "nodeid": f"{self.nodeid}::{check.key}"}
                        yield CheckItem.from_parent(self, **place, exercise=exercise, check=check)

    def examined(self, exercise: Exercise) -> Examined:
        """All verdicts of an exercise by the check's label. They know of each other, so they are made at once."""
        from grader.grading.examine import examine

        if exercise.name not in self._examined:
            guard = guarded(self.config, f"{self.path.parent}/{exercise.name}", self.parent.functions)
            with guard as functions, time_for(self.config) as seconds:
                found = examine(exercise, functions, self.parent.settings, time.monotonic() + seconds)
                verdicts = self._with_line(exercise, pictured(found, functions, self.config), seconds)
            causes = [cause for _, cause in found]
            self._examined[exercise.name] = {v.label: (v, c) for v, c in zip(verdicts, causes, strict=True)}
        return self._examined[exercise.name]

    def _with_line(self, exercise: Exercise, verdicts: list[Verdict], seconds: float) -> list[Verdict]:
        """Where the result is wrong, and that is what was asked: the line in which one change makes it right."""
        if not any(v.id is None and v.status == "wrong" for v in verdicts) or not self._asks_for_result(exercise):
            return verdicts
        from grader.grading.one_change.line import with_lines_apart

        started = time.process_time()
        sources = {exercise.stage: self.parent.functions.modules.sources}
        named = with_lines_apart(verdicts, sources, self.parent.settings, min(seconds, self.parent.line_seconds))
        self.parent.line_seconds -= time.process_time() - started
        return named

    def _asks_for_result(self, exercise: Exercise) -> bool:
        items = (item for item in self.session.items if isinstance(item, CheckItem))
        return any(item.check.id is None and item.exercise is exercise for item in items)

    def examined_before(self, exercise: Exercise) -> Examined:
        """The same before any item of the exercise runs: what the student's code prints is kept for one of them."""
        if exercise.name in self._examined:
            return self._examined[exercise.name]
        capture = self.config.pluginmanager.getplugin("capturemanager")
        with capture.item_capture("call", self) if capture else nullcontext():
            return self.examined(exercise)

    def warn_of_imports(self) -> None:
        """Warn of them once, however many checks the file has."""
        if not self._warned:
            self._warned = True
            warn_of_imports(self.parent.found.sources, self.stem, self.parent.settings.points.allow)

    def add_report_section(self, when: str, key: str, content: str) -> None:
        """Called by pytest's capturing, as it would be for an item."""
        if content:
            self._printed.append((when, key, content))

    def take_printed(self) -> list[tuple[str, str, str]]:
        """What was printed and belongs to no item yet."""
        taken, self._printed = self._printed, []
        return taken
