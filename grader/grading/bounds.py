"""What bounds our own work on what a student's function returned or passed on: time, and calls back."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from types import FrameType
from typing import Any

import numpy as np

from grader.student.faults import OutOfTime, Unusable

# How long a check may go on after the time of the student's code is over; and how often it is told again.
PATIENCE, REPEAT_SECONDS = 1.0, 0.2
# What a student's function may do in one call with the functions that it was given. Right ones pass on some hundred
# numbers in some ten calls.
MAX_CALLS_BACK, MAX_NUMBERS_BACK = 10_000, 1 << 20


class CheckAlarm:
    """Throws OutOfTime into a check of ours that is still at work long after its deadline.

    It reaches Python code only; behind it stands the watch of the pool, which ends the whole process.
    """

    def __init__(self) -> None:
        self._held = False

    @contextmanager
    def set(self, deadline: float) -> Iterator[None]:
        """Ring some time after `deadline` (monotonic seconds), where this system and thread can; never at infinity."""
        can = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        if not can or deadline == inf:
            yield
            return
        before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, max(deadline - time.monotonic(), 0) + PATIENCE, REPEAT_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Do not ring in here: the student's own code is at work, which has a time limit already."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def _ring(self, signum: int, frame: FrameType | None) -> None:
        if not self._held:
            raise OutOfTime


class CallsBack:
    """Counts what a student's function does, in one call, with the functions that it was given."""

    def __init__(self) -> None:
        self._calls = self._numbers = 0

    def counted(self, value: Any) -> Any:
        """An argument as it was, in which every function counts."""
        if isinstance(value, list | tuple):
            return type(value)(self.counted(item) for item in value)
        return self._counting(value) if callable(value) else value

    def _counting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any) -> Any:
            self._calls += 1
            self._numbers += sum(_size(arg) for arg in args)
            if self._calls > MAX_CALLS_BACK:
                raise Unusable(f"your code called the functions that it was given more than {MAX_CALLS_BACK} times")
            if self._numbers > MAX_NUMBERS_BACK:
                raise Unusable(f"your code passed on more than {MAX_NUMBERS_BACK} numbers to the functions that it got")
            return function(*args)

        return counting


def _size(value: Any) -> int:
    """How many numbers are passed on, in plain data."""
    if isinstance(value, np.ndarray):
        return value.size + 1
    if isinstance(value, list):
        return 1 + sum(_size(item) for item in value)
    if isinstance(value, dict):
        return 1 + sum(_size(item) for item in value.values())
    return 1
