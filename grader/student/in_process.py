"""A student's functions in the process of the run itself: no wall, but a time limit on every call."""

from __future__ import annotations

import copy
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from grader.student.faults import Frame, OutOfTime, StudentFault, TimedOut
from grader.student.loader import StageModules
from grader.student.plain import plain

REPEAT_SECONDS = 0.2
PATIENCE = 10
# While a student's code runs, `os._exit` ends a call and not the process (see `manners.staying`).
_leave = os._exit


class InProcessFunctions:
    """The functions of one stage, called in this process.

    With `watch`, calls end at their deadline. With `debug`, the frame in which a student's function last
    returned is kept, so that a debugger can stop there though nothing was raised. `before_exit` is called
    where nothing but the end of this process ends a call.
    """

    def __init__(
        self,
        modules: StageModules,
        *,
        watch: bool = True,
        debug: bool = False,
        before_exit: Callable[[], object] = lambda: None,
    ) -> None:
        self.modules = modules
        self._watch, self._debug, self._before_exit = watch, debug, before_exit
        # Whether nobody's time is measured: with a debugger, the check waits as long as the student's function.
        self.patient = debug or not watch
        self.returned: TracebackType | None = None

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """Call with copies of `args`; see `examine.Functions`."""
        left = deadline - time.monotonic()
        if self._debug:
            with self._noting_returns(stem):
                return self.modules.call(stem, name, copied(args))
        if not self._watch:
            return self.modules.call(stem, name, copied(args))
        if left <= 0:
            raise TimedOut("no time was left")
        try:
            with time_limit(left, stem, self._before_exit):
                return self.modules.call(stem, name, copied(args))
        except OutOfTime:
            raise TimedOut("your code did not come to an end") from None

    def foresee(self, foreseen: object, stem: str, name: str, deadline: float) -> None:
        """Nothing is asked in advance; see `examine.Functions`."""

    def begin(self, chance: int, plan: object, stem: str, name: str, deadline: float) -> None:
        """Nothing is known beforehand; see `examine.Functions`."""

    def end(self) -> bool:
        """Nothing was known beforehand; see `examine.Functions`."""
        return False

    def where(self, stem: str, name: str) -> Frame | None:
        """The line that defines the function, if it is found."""
        return self.modules.locate(stem, name)

    @contextmanager
    def _noting_returns(self, stem: str) -> Iterator[None]:
        source = self.modules.sources.get(stem)

        def note(frame: FrameType, event: str, arg: object) -> None:
            if event == "return" and source is not None and frame.f_code.co_filename == source.file:
                self.returned = TracebackType(None, frame, frame.f_lasti, frame.f_lineno)

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(before)


def student_trace(cause: BaseException | None, functions: InProcessFunctions) -> TracebackType | None:
    """A traceback of the student's frames and no others: of their exception, or of where they returned."""
    if not isinstance(cause, StudentFault):
        return getattr(cause, "returned", None)
    error = cause.__cause__ or cause
    files = {source.file for source in functions.modules.sources.values()}
    frames = []
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in files:
            frames.append(trace)
        trace = trace.tb_next
    chain: TracebackType | None = None
    for found in reversed(frames):
        chain = TracebackType(chain, found.tb_frame, found.tb_lasti, found.tb_lineno)
    return chain


def copied(value: Any) -> Any:
    """Arguments as a student's function gets them: nothing it changes reaches a check.

    A callable gets plain copies of what the student passes, and the student gets copies of what it returns.
    """
    if isinstance(value, np.ndarray):
        return value.copy(order="K")
    if isinstance(value, list | tuple):
        return type(value)(copied(item) for item in value)
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    if callable(value):
        return _recorder(value)
    return value


def _recorder(function: Callable[..., Any]) -> Callable[..., Any]:
    # Keywords count in their order: the check's function has names of its own.
    def recorder(*args: Any, **named: Any) -> Any:
        return copied(function(*(plain(arg) for arg in (*args, *named.values()))))

    return recorder


@contextmanager
def time_limit(seconds: float, what: str, before_exit: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Throw OutOfTime into the code that runs here after `seconds`, and again if it is swallowed."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _by_signal(seconds, what, before_exit):
            yield
    else:
        with _by_thread(seconds):
            yield


@contextmanager
def _by_signal(seconds: float, what: str, before_exit: Callable[[], object]) -> Iterator[None]:
    rings = 0

    def ring(signum: int, frame: FrameType | None) -> None:
        nonlocal rings
        rings += 1
        if rings > PATIENCE:
            before_exit()
            _give_up(what)
        if rings > 1:
            _throw_again(frame)
        raise OutOfTime

    tracing, began = sys.gettrace(), time.monotonic()
    before = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            # Somebody's timer was running: the one of the check that asks, or pytest-timeout's.
            _wind_again(left - (time.monotonic() - began), interval)
        if rings > 1:
            sys.settrace(tracing)


def _wind_again(seconds: float, interval: float) -> None:
    """Set the alarm for whoever had set it before; at once, if it should have rung by now."""
    signal.setitimer(signal.ITIMER_REAL, seconds if seconds > 0 else interval, interval)
    if seconds <= 0:
        signal.raise_signal(signal.SIGALRM)


def _throw_again(frame: FrameType | None) -> None:
    """Throw OutOfTime on the next line, too, that the student's code runs: the one that swallows the first."""

    def trace(frame: FrameType, event: str, arg: object) -> Callable[..., Any]:
        if event == "line":
            raise OutOfTime
        return trace

    while frame is not None and not frame.f_globals.get("__name__", "").startswith("grader."):
        frame.f_trace = trace
        frame = frame.f_back
    # Frames that are traced one by one are traced only where tracing is on at all.
    sys.settrace(lambda frame, event, arg: None)


def _give_up(what: str) -> None:
    """End the process: nothing else ends a loop that swallows what is thrown into its handlers as well."""
    sys.__stderr__.write(f"\nmisstep: {what}.py swallows every exception and never ends; giving up.\n")  # type: ignore[union-attr]
    sys.__stderr__.flush()  # type: ignore[union-attr]
    _leave(1)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    """Where there is no timer signal (Windows, other threads): works for Python code, not inside C code."""
    target = ctypes.c_ulong(threading.get_ident())
    over = threading.Event()

    def ring() -> None:
        while not over.wait(REPEAT_SECONDS):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(OutOfTime))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        over.set()
        timer.cancel()
