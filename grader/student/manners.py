"""What a student's code may not change for whoever runs it, and what it finds the same wherever it is run."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
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
def well_mannered() -> Iterator[AbstractContextManager[object]]:
    """All of it, for one call or for several: each of several is made within what is given, which puts back the rest.

    Once around them it costs once what it costs.
    """
    with quiet(), in_bounds(), staying(), unasked(), same_streams():
        yield _EachCall()


class _EachCall:
    """As things were when this was made they are again after each call."""

    def __init__(self) -> None:
        self._filters, self._listed, self._errors = warnings.filters, list(warnings.filters), np.geterr()
        self._shown, self._depth = warnings.showwarning, sys.getrecursionlimit()
        self._bounded, self._stay, self._arguments = sys.setrecursionlimit, os._exit, sys.argv
        self._streams = _streams()

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None:
        if warnings.filters is not self._filters or self._filters != self._listed:
            warnings.filters = self._filters
            self._filters[:] = self._listed  # type: ignore[index]
            warnings._filters_mutated()  # type: ignore[attr-defined]
        if np.geterr() != self._errors:
            np.seterr(**self._errors)
        if sys.getrecursionlimit() != self._depth:
            self._bounded(self._depth)
        warnings.showwarning, sys.setrecursionlimit, os._exit = self._shown, self._bounded, self._stay
        sys.argv = self._arguments
        _put_back(self._streams)


@contextmanager
def same_streams() -> Iterator[None]:
    """The streams are what they were, and one that the code has put around them does not close them."""
    before = _streams()
    try:
        yield
    finally:
        _put_back(before)


def _streams() -> dict[str, Any]:
    return {name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")}


def _put_back(streams: Mapping[str, Any]) -> None:
    for name, ours in streams.items():
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
