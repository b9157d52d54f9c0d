"""`%load_ext grader` in any notebook: `%check`, `%hint`, `%explain` and `%milestone`, without nbgrader."""

from __future__ import annotations

import contextlib
import html
import io
import time
from collections.abc import Sequence
from typing import Any

from grader.course.catalogue import Exercise, find_page, stages
from grader.course.hints import hints
from grader.course.milestones import NUMBERS
from grader.frontends.milestones.failing import failing
from grader.frontends.milestones.terminal import run
from grader.frontends.notebooks import kernel
from grader.frontends.notebooks.cells import with_line
from grader.frontends.notebooks.show import shown
from grader.frontends.watch.reading import page_text, search
from grader.grading.examine import Settings, examine
from grader.grading.pictures import with_pictures
from grader.results.board import MARKS, bar
from grader.results.verdict import Verdict
from grader.student.in_process import InProcessFunctions


def register(shell: Any) -> None:
    """Add the magics to a shell of IPython's."""
    magics = Magics(shell.user_ns)
    for name in ("check", "hint", "explain", "milestone"):
        shell.register_magic_function(getattr(magics, name), magic_kind="line", magic_name=name)


# A milestone's time, as on the command line.
SECONDS = 60.0


class Cells:
    """The functions that a notebook's cells have defined, as a milestone asks for them."""

    def __init__(self, namespace: dict[str, Any], settings: Settings) -> None:
        self._namespace, self._settings = namespace, settings
        self._functions = InProcessFunctions(kernel.NamespaceModules(namespace, settings.points.allow))
        self.players = {stage.number: self._functions for stage in stages()}

    def problem(self, exercise: Exercise) -> str | None:
        """What is not defined is taken from the kit, and nothing more is said of it."""
        return None if callable(self._namespace.get(exercise.name)) else ""

    def failing(self, exercises: Sequence[Exercise]) -> Sequence[Verdict]:
        """The checks of these exercises that do not pass."""
        return failing(exercises, lambda _: self._functions, self._settings)


class Magics:
    """The magics on the functions of one namespace. They display, and raise nothing for a student's mistake."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._read: dict[str, int] = {}
        self._settings: Settings | None = None

    def check(self, line: str) -> None:
        """`%check scaled_attention`: all of its checks. Without a name: all exercises that are defined here."""
        wanted, verdicts = line.split(), list[Verdict]()
        known = {exercise.name: exercise for stage in stages() for exercise in stage.exercises}
        for name in wanted:
            if name not in known:
                _say(f"There is no exercise {name!r}. There are {', '.join(known)}.")
                return
        for exercise in (known[name] for name in wanted or known if wanted or callable(self._namespace.get(name))):
            verdicts += self._checked(exercise)
        if not verdicts:
            _say("No exercise is defined here yet: run the cell that defines one.")
        elif not wanted:
            _say(bar(verdicts).text.strip())

    def hint(self, line: str) -> None:
        """`%hint 5.9`: one more step every time."""
        mistake = line.strip()
        steps = hints(mistake)
        if not steps:
            _say("Name a mistake, such as %hint 5.9; %explain lists them.")
            return
        self._read[mistake] = min(self._read.get(mistake, 0) + 1, len(steps))
        for number, step in enumerate(steps[: self._read[mistake]], start=1):
            _say(f"{mistake} · hint {number} of {len(steps)}: {step}")

    def explain(self, line: str) -> None:
        """`%explain 5.9`: its page; `%explain mask nan`: the pages that hold these words; alone: all mistakes."""
        page = find_page(line.strip()) if line.strip() else None
        found = search(line.split(), [page for stage in stages() for page in stage.pages.values()])
        if page is None and len(found) == 1:
            page = found[0]
        if page is not None:
            _markdown(page_text(page))
        elif found:
            _markdown("\n".join(f"- **{page.id}** {page.title}" for page in found))
        else:
            _say(f"No page holds all of {line.strip()!r}.")

    def milestone(self, line: str) -> None:
        """`%milestone 6`: your functions together; `%milestone 6 --train` trains the model first."""
        words = line.split()
        train = "--train" in words
        numbers = [word for word in words if word != "--train"] or ["6"]
        if len(numbers) > 1 or numbers[0] not in map(str, NUMBERS) or (train and numbers != ["6"]):
            _say(f"There are %milestone {', '.join(map(str, NUMBERS))}, and %milestone 6 --train.")
            return
        outcome = run(int(numbers[0]), Cells(self._namespace, self._settings_here()), SECONDS, train)
        for drawing in outcome.drawings:
            kernel.show_html(drawing, "")

    def _settings_here(self) -> Settings:
        self._settings = self._settings or kernel.settings_here(hidden=False)
        return self._settings

    def _checked(self, exercise: Exercise) -> list[Verdict]:
        """Display what was found of one exercise: a block for each problem, and a line of marks."""
        settings = self._settings_here()
        modules = kernel.NamespaceModules(self._namespace, settings.points.allow)
        functions, printed = InProcessFunctions(modules), io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            end = time.monotonic() + kernel.SECONDS
            verdicts = [verdict for verdict, _ in examine(exercise, functions, settings, end)]
            verdicts = with_line(exercise, with_pictures(verdicts, lambda _: functions), self._namespace, settings)
        for verdict in verdicts:
            if verdict.status not in ("passed", "blocked", "todo"):
                result = shown(verdict, verdicts, magics=True)
                kernel.show_html(result.html, result.text)
        marks = "  ".join(f"{verdict.label} {MARKS[verdict.status]}" for verdict in verdicts)
        _say(f"{exercise.name}: {marks}")
        if not all(verdict.passed for verdict in verdicts):
            print(kernel.shortened(printed.getvalue()), end="")
        return verdicts


def _say(text: str) -> None:
    kernel.show_html(f"<div>{html.escape(text)}</div>", text)


def _markdown(text: str) -> None:
    from IPython.display import Markdown, display

    display(Markdown(text))
