"""`check` in a notebook's own kernel: the same checks on the functions that the cells have defined.

Feedback is displayed first, as HTML with links that work, and then an exception is raised, by which Jupyter and
nbgrader know that the cell has failed. Nothing is written to stderr: nbgrader takes that for a failure, too.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.course.catalogue import Exercise, stage, stage_numbers
from grader.grading.examine import Settings, examine
from grader.student.faults import Frame, Unusable
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules
from grader.student.standins import StandIn, installed_path

SECONDS = 10.0
MAX_CELL_CHARACTERS = 2_000
UNSAFE = (
    "Graded in the student's own kernel: code that runs there can read the tests, patch them, and change the "
    "gradebook. This grade is as honest as the student."
)
_warned = False


class NotPassed(Exception):
    """A check did not pass; what there is to say of it has been displayed."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows instead of a traceback through our lines."""
        return [str(self)]


def check(exercise: str, mistake: str | None = None, *, hidden: bool = False) -> None:
    """Check the function `exercise` for one documented mistake such as "5.9", or (without one) its result.

    `hidden` takes the course's secret seed for the inputs. Raises NotPassed once the feedback is displayed.
    """
    from grader.frontends.notebooks.cells import with_line
    from grader.frontends.notebooks.show import shown
    from grader.grading.pictures import with_pictures

    found = _exercise(exercise, mistake)
    settings = settings_here(hidden)
    namespace = sys._getframe(1).f_globals
    functions = InProcessFunctions(NamespaceModules(namespace, settings.points.allow))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        verdicts = [verdict for verdict, _ in examine(found, functions, settings, time.monotonic() + SECONDS)]
        verdict = next((verdict for verdict in verdicts if verdict.id == mistake), None)
        if verdict is None:
            raise ValueError(f"{mistake} is switched off in this course's misstep.toml")
        (verdict,) = with_pictures([verdict], lambda _: functions)
        if mistake is None and not hidden and not any(other.status == "mistake" for other in verdicts):
            (verdict,) = with_line(found, [verdict], namespace, settings)
    result = shown(verdict, verdicts)
    if hidden:
        _warn()
    if not verdict.passed or not hidden:
        show_html(result.html, result.text)
    if not verdict.passed:
        print(shortened(printed.getvalue()), end="")
        raise NotPassed(result.line)


def _exercise(name: str, mistake: str | None) -> Exercise:
    for number in stage_numbers():
        for exercise in stage(number).exercises:
            if exercise.name == name and any(check.id == mistake for check in exercise.checks):
                return exercise
    raise ValueError(f"there is no check {mistake or 'of the result'} of an exercise {name!r}")


def settings_here(hidden: bool) -> Settings:
    from grader.course.points import find_points
    from grader.grading.reference import PUBLIC_SEED, choose_reference

    seed = (_secret_seed() if hidden else None) or PUBLIC_SEED
    return Settings(seed, find_points(Path.cwd()), choose_reference(seed))


def _secret_seed() -> int | None:
    """The seed of the course whose directory this is run in."""
    from grader.frontends.notebooks.course import read_seed

    for folder in (Path.cwd(), *Path.cwd().parents):
        if (seed := read_seed(folder)) is not None:
            return seed
    return None


def _warn() -> None:
    """Say once per kernel what nbgrader's stock execution cannot promise."""
    global _warned
    if not _warned and os.environ.get("NBGRADER_EXECUTION") == "autograde":
        _warned = True
        show_html(f'<div style="opacity:.65"><em>{UNSAFE}</em></div>', UNSAFE)


def show_html(html: str, text: str) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(text)
        return
    if get_ipython() is None:
        print(text)
    else:
        display({"text/html": html, "text/plain": text}, raw=True)


def shortened(text: str) -> str:
    return text if len(text) <= MAX_CELL_CHARACTERS else text[:MAX_CELL_CHARACTERS] + " …\n"


class NamespaceModules(StageModules):
    """The functions that a notebook's cells have defined."""

    def __init__(self, namespace: dict[str, Any], allowed: Collection[str] = ()) -> None:
        super().__init__({}, allowed)
        self._namespace = namespace

    @contextmanager
    def active(self) -> Iterator[None]:
        """While this lasts, what the cells have imported and will not have at grading is a stand-in here, too."""
        installed = {name: value for name, value in self._namespace.items() if installed_path(value, self.allowed)}
        self._namespace.update({k: StandIn(installed_path(value, self.allowed)) for k, value in installed.items()})
        try:
            with super().active():
                yield
        finally:
            self._namespace.update(installed)

    def _function(self, stem: str, name: str) -> Callable[..., Any]:
        found = self._namespace.get(name)
        if callable(found):
            return found  # type: ignore[no-any-return]
        if found is not None:
            raise Unusable(f"`{name}` is not a function; its type is {type(found).__name__}")
        raise Unusable(f"`{name}` is not defined: run the cell that defines it")

    def shown_name(self, file: str) -> str | None:
        """Code of a cell is called by the cell's number, `In [7]`."""
        number = _numbers().get(file)
        if number is not None:
            return f"notebook.ipynb[{number}]"
        return file if "ipykernel_" in file or "<ipython-input" in file else None

    def locate(self, stem: str, name: str) -> Frame | None:
        """The line that defines the function."""
        code = getattr(self._namespace.get(name), "__code__", None)
        shown = self.shown_name(code.co_filename) if code else None
        return Frame(shown, code.co_firstlineno, name) if code and shown else None


def _numbers() -> Mapping[str, int]:
    """The numbers of this kernel's cells by the names that their code goes by."""
    try:
        from IPython import get_ipython
    except ImportError:
        return {}
    compiler = getattr(get_ipython(), "compile", None)
    found = getattr(compiler, "_filename_map", {})
    return found if isinstance(found, dict) else {}
