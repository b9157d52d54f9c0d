"""What a student's code may not change for whoever runs it, and what it finds the same wherever it is run."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import numpy as np

from grader.student.faults import Left

# Deep enough for any exercise, and an endless recursion still ends as one before memory does.
DEEPEST = 20_000


def _input(prompt: object = "", /) -> NoReturn:
    # As where nobody sits: the keyboard of whoever runs this gives other work than it will be graded on.
    raise EOFError("EOF when reading a line")


def _exit(*code: object) -> NoReturn:
    raise SystemExit(*code)


# `exit` and `quit` are there only where Python has loaded `site`.
BUILTINS = {"input": _input, "exit": _exit, "quit": _exit}


@contextmanager
def unasked() -> Iterator[None]:
    """The command line has no arguments in here: those of pytest are none of the student's program."""
    before = sys.argv
    sys.argv = before[:1]
    try:
        yield
    finally:
        sys.argv = before


@contextmanager
def same_streams() -> Iterator[None]:
    """The streams are what they were, and one that the code has put around them does not close them."""
    before = {name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")}
    try:
        yield
    finally:
        for name, ours in before.items():
            theirs = getattr(sys, name, None)
            if theirs is not ours:
                setattr(sys, name, ours)
                _let_go(theirs, getattr(ours, "buffer", None))


def _let_go(theirs: Any, buffer: object) -> None:
    # Whatever it is, it is the student's: no method of it need work.
    with suppress(Exception):
        theirs.flush()
        if buffer is not None and theirs.buffer is buffer:
            theirs.detach()


@contextmanager
def quiet() -> Iterator[None]:
    """Neither a warning nor what the code asks to become of warnings changes anything in here, or after it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextmanager
def in_bounds() -> Iterator[None]:
    """The limit of recursion may be raised so far and no further in here, and is what it was after it."""
    before, raise_limit = sys.getrecursionlimit(), sys.setrecursionlimit

    def bounded(limit: int, /) -> None:
        raise_limit(min(limit, max(DEEPEST, before)))

    sys.setrecursionlimit = bounded
    try:
        yield
    finally:
        sys.setrecursionlimit = raise_limit
        raise_limit(before)


@contextmanager
def staying() -> Iterator[None]:
    """`os._exit` ends a call in here, and not the process, which somebody else needs; a fork may end itself."""
    process, leave = os.getpid(), os._exit

    def stay(status: int) -> NoReturn:
        if os.getpid() != process:
            leave(status)
        raise Left(f"exit status {status}")

    os._exit = stay
    try:
        yield
    finally:
        os._exit = leave
