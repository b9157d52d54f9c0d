"""What keeps a run going when a student's code ends the process: a crash, a signal, an exit that nothing catches.

The run goes on in a fork, and this process waits. Where the fork dies in the middle of an exercise, the run begins
again, and that exercise is not run: its checks say how the process ended. One fork costs a few milliseconds. Where
forking is not safe, the run is as any other: under a debugger, on another system than Linux, and beside threads, such
as pytest-rerunfailures keeps where xdist is installed.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from grader.student.faults import Frame, Unusable

if TYPE_CHECKING:
    from grader.grading.examine import Functions

_DONE, _BEGUN, _ENDED = "done", "begun", "ended"


class Guard:
    """In the fork: tells the process that waits what is being run. `fatal` maps an exercise to how it ended a fork."""

    def __init__(self, wire: int, fatal: dict[str, str]) -> None:
        self._wire, self.fatal = wire, fatal

    def begin(self, exercise: str) -> None:
        """Code of this exercise runs from here on."""
        self._tell(_BEGUN, exercise)

    def end(self, exercise: str) -> None:
        """It came to an end."""
        self._tell(_ENDED, exercise)

    def done(self, status: int) -> None:
        """The run has this exit status, and has shown its board."""
        self._tell(_DONE, str(status))

    def _tell(self, what: str, text: str) -> None:
        os.write(self._wire, f"{what} {text}\n".encode())


class Ended:
    """In the place of functions that end the process: every call says so, as it does behind the wall."""

    def __init__(self, functions: Functions, ending: str) -> None:
        self._functions, self._ending = functions, ending

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """See `examine.Functions`."""
        raise Unusable(f"your code ended the process ({self._ending})")

    def where(self, stem: str, name: str) -> Frame | None:
        """See `examine.Functions`."""
        return self._functions.where(stem, name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._functions, name)


KEY = pytest.StashKey[Guard]()


@contextmanager
def guarded(config: pytest.Config, key: str, functions: Functions) -> Iterator[Functions]:
    """The student's functions while the exercise `key` is run, or what stands for those that ended a fork."""
    guard = config.stash.get(KEY, None)
    if guard is None:
        yield functions
    elif key in guard.fatal:
        yield Ended(functions, guard.fatal[key])
    else:
        guard.begin(key)
        yield functions
        guard.end(key)


def is_safe(config: pytest.Config) -> bool:
    """Whether this process may be forked, and somebody may wait for the fork."""
    option = config.option
    others = getattr(option, "usepdb", False) or getattr(option, "trace", False) or option.collectonly
    spread = getattr(option, "dist", "no") != "no" or hasattr(config, "workerinput")
    alone = sys.platform == "linux" and threading.active_count() == 1 and sys.gettrace() is None
    return alone and not (others or spread or _is_nested())


def _is_nested() -> bool:
    """Whether this run is inside of another one, in the same process: that one would go on twice."""
    frame, runs = sys._getframe(), 0
    while frame.f_back is not None:
        frame = frame.f_back
        runs += frame.f_code.co_name == "wrap_session"
    return runs > 1


def watch(session: pytest.Session) -> None:
    """Fork, and return in the fork alone; the process that waits ends with the exit status of the run."""
    fatal: dict[str, str] = {}
    while True:
        _flush(session)
        told, wire = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(told)
            # Of a crash the student reads in the board; a dump of our own frames helps nobody.
            faulthandler.disable()
            session.config.stash[KEY] = Guard(wire, fatal)
            return
        os.close(wire)
        status, lines = _waited(pid, told)
        running = _running(lines)
        if running is None or running in fatal:
            os._exit(_exit_status(status, lines))
        fatal[running] = _how_it_ended(status)
        _report(session, running, fatal[running])


def _flush(session: pytest.Session) -> None:
    """Leave nothing in memory that both processes would write."""
    capture = session.config.pluginmanager.getplugin("capturemanager")
    if capture is not None and capture.is_globally_capturing():
        capture.read_global_capture()
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.flush()
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.flush()


def _waited(pid: int, told: int) -> tuple[int, list[list[str]]]:
    """The fork's end, and what it told. Whoever interrupts the run from the keyboard interrupts the fork."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        status = os.waitpid(pid, 0)[1]
    finally:
        signal.signal(signal.SIGINT, before)
    os.set_blocking(told, False)
    try:
        text = os.read(told, 1 << 20).decode("utf-8", "replace")
    except BlockingIOError:
        text = ""
    os.close(told)
    return status, [line.split(" ", 1) for line in text.splitlines() if " " in line]


def _running(lines: list[list[str]]) -> str | None:
    """The exercise in the middle of which the fork came to its end."""
    return lines[-1][1] if lines and lines[-1][0] == _BEGUN else None


def _exit_status(status: int, lines: list[list[str]]) -> int:
    """That of the run; never 0 for a run that failed, or that has shown no board."""
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        return code if code > 0 else 128 - code
    return int(lines[-1][1]) if lines and lines[-1][0] == _DONE else 1


def _how_it_ended(status: int) -> str:
    from grader.isolation.exit_status import how_it_ended

    return how_it_ended(status) or "SIGKILL, as where memory runs out"


def _report(session: pytest.Session, exercise: str, ending: str) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        name = exercise.rpartition("/")[2]
        reporter.ensure_newline()
        reporter.write_line(f"{name} ended the process ({ending}). The run begins again without it.")
