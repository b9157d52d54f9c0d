"""The loop: keys, saved files and answers come in one queue; each of them may change what is shown."""

from __future__ import annotations

import queue
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from grader.course.catalogue import find_page
from grader.course.milestones import NUMBERS
from grader.frontends.watch import terminal
from grader.frontends.watch.judge import Judge
from grader.frontends.watch.milestone import Milestone
from grader.frontends.watch.reading import page_text, rendered
from grader.frontends.watch.screen import fitted, footer, hint_lines, list_lines, screen, with_board
from grader.frontends.watch.state import State
from grader.results.feedback import Line
from grader.results.told import painted

Event = tuple[str, Any]
KEYS = " h hint  e explain  l list  n next  p previous  a all  m milestone  q quit"


class Loop:
    """One session of watch."""

    def __init__(self, state: State, seconds: float) -> None:
        self._state = state
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._judge = Judge(state.folders, lambda answer: self._events.put(("answer", answer)), seconds)
        # Lines that stand in the place of the exercise until a key is pressed, and how far they are scrolled.
        self._page: list[Line] | None = None
        self._from = 0
        self._over = threading.Event()
        self._milestone: Milestone | None = None

    def run(self) -> None:
        """Until q, Ctrl-C or a signal; the terminal is given back whole."""
        self._judge.start()
        with terminal.Terminal(sys.stdin.fileno()).keys(), self._signals():
            for work in (self._watch, self._read_keys):
                threading.Thread(target=work, daemon=True).start()
            try:
                self._go_on()
            finally:
                self._over.set()
                self._end_milestone()
                self._judge.close()
                self._state.memory.save()

    def _go_on(self) -> None:
        while True:
            if self._state.running is None and self._state.waiting:
                self._state.running = self._state.waiting.pop(0)
                self._judge.ask(self._state.running)
            if self._events.empty():
                self._draw()
            # With a limit, so that Ctrl-C is heard on every system.
            with suppress(queue.Empty):
                what, value = self._events.get(timeout=1.0)
                if what == "end" or (what == "key" and value == "q"):
                    return
                self._take(what, value)

    def _take(self, what: str, value: Any) -> None:
        if what == "answer":
            self._state.heard(value)
        elif what == "milestone":
            self._told(*value)
        elif what == "saved":
            self._end_milestone()
            self._page = None
            self._state.saved(value)
        elif what == "key":
            self._key(value)

    def _key(self, key: str) -> None:
        if key == " ":
            self._from += max(1, self._height() - 2)
            return
        self._end_milestone()
        self._page, self._from, state = None, 0, self._state
        if key in "np":
            state.turn(1 if key == "n" else -1)
        elif key == "a":
            state.judge(state.exercises)
        elif key == "l":
            self._page = [line for number in sorted(state.folders) for line in list_lines(state, number)]
        elif key == "h":
            self._page = hint_lines(state.mistake, state.hint())
        elif key == "e":
            self._page = self._explained()
        elif key == "m":
            self._begin_milestone()

    def _begin_milestone(self) -> None:
        """Run the milestone of the stage at hand; what it writes appears as it comes."""
        number = (self._state.current or self._state.exercises[-1]).stage
        if number not in NUMBERS:
            self._page = [Line("text", f" Stage {number} has no milestone.")]
            return
        folder = self._state.folders[number].parent
        self._milestone = Milestone(number, folder, lambda *told: self._events.put(("milestone", told)))
        self._page = [Line("note", f" milestone {number} …")]

    def _told(self, source: Milestone, text: str) -> None:
        if source is self._milestone:
            self._page = [Line("text", line) for line in text.splitlines()]
            self._from = max(0, len(self._page) - self._height() + 2)

    def _end_milestone(self) -> None:
        if self._milestone is not None:
            self._milestone.close()
            self._milestone = None

    def _explained(self) -> list[Line]:
        page = find_page(self._state.mistake) if self._state.mistake else None
        if page is None:
            return [Line("text", " No documented mistake was seen in this exercise, so there is no page.")]
        text = rendered(page_text(page), self._width(), terminal.has_colour())
        return [Line("rendered", line) for line in text.splitlines()]

    def _draw(self) -> None:
        width, lines = self._width(), self._page
        foot = fitted([*footer(self._state, width), Line("note", KEYS)], width)
        room = max(1, self._height() - len(foot))
        body = fitted(screen(self._state, width) if lines is None else lines, width)
        body = with_board(body, self._state, room) if lines is None else body
        self._from = self._from if self._from < len(body) else 0
        shown = body[self._from : self._from + room]
        if self._from + room < len(body):
            shown[-1] = Line("note", " … (space: more)")
        terminal.clear()
        colour = terminal.has_colour()
        sys.stdout.write("\n".join(painted(line) if colour else line.text for line in [*shown, *foot]))
        sys.stdout.flush()

    def _width(self) -> int:
        return max(20, min(80, terminal.size().columns))

    def _height(self) -> int:
        return max(6, terminal.size().lines) - 1

    def _read_keys(self) -> None:
        while key := terminal.read_key():
            self._events.put(("key", key))
        self._events.put(("end", None))

    def _watch(self) -> None:
        """Tell what is saved, however an editor saves; several files, or one of them often, in one go."""
        files = {self._state.path(exercise) for exercise in self._state.exercises}
        for paths in saves(set(self._state.folders.values()), files, self._over):
            self._events.put(("saved", paths))

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Another size is drawn anew; who asks us to end, or hangs up, gets an orderly end."""

        def ended(number: int, _: FrameType | None) -> None:
            raise SystemExit(128 + number)

        def resized(*_: object) -> None:
            self._events.put(("resized", None))

        wanted: dict[str, Callable[..., None]] = {"SIGTERM": ended, "SIGHUP": ended, "SIGWINCH": resized}
        known = {getattr(signal, name): what for name, what in wanted.items() if hasattr(signal, name)}
        before = {number: signal.signal(number, what) for number, what in known.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def saves(folders: Collection[Path], files: Collection[Path], over: threading.Event) -> Iterator[set[Path]]:
    """Those of `files` that were written, made, renamed or deleted, as it happens, until `over` is set."""
    import watchfiles

    names = {str(file) for file in files}
    for changes in watchfiles.watch(
        *folders,
        watch_filter=lambda _, path: path in names,
        stop_event=over,
        recursive=False,
        debounce=200,
        step=20,
        rust_timeout=1000,
    ):
        yield {Path(path) for _, path in changes}
