"""Exceptions of a student's code as faults: the student's own lines and no others, and what can be said beside."""

from __future__ import annotations

import linecache
import re
from collections.abc import Callable, Collection
from types import TracebackType

from grader.student.code import text_of, this_python
from grader.student.faults import Frame, Left, NotFilledIn, OutOfTime, Raised, StudentFault, TimedOut, Unusable
from grader.student.standins import LibraryNeeded

MAX_FRAMES = 20


def fault_of(
    error: BaseException,
    shown_name: Callable[[str], str | None],
    about: Callable[[str, str], str],
    allowed: Collection[str],
) -> StudentFault:
    """The fault that `error` is.

    `shown_name` is what feedback calls a file, None where it is not the student's; `about(file, name)`, what is to be
    said of a name that is not known in a file; `allowed`, the libraries that there are beside numpy.
    """
    frames = _frames(error.__traceback__, shown_name)
    if isinstance(error, OutOfTime):
        return TimedOut("your code did not come to an end", frames=frames)
    if isinstance(error, NotImplementedError):
        return NotFilledIn(text_of(error), frames=frames)
    if isinstance(error, Left):
        return Unusable(f"your code ended the process ({text_of(error)})", frames=frames)
    library = _library(error)
    if library is not None:
        return Unusable(library_needed(library, allowed), frames=frames)
    name = str(type.__getattribute__(type(error), "__name__"))[:100]
    text = _without_path(text_of(error)) if isinstance(error, ImportError) else text_of(error)
    if isinstance(error, NameError) and frames and (more := about(frames[-1].file, str(error.name or ""))):
        text = f"{text} ({more})"
    return Raised(text, frames=frames, type_name=name)


def library_needed(library: str, allowed: Collection[str]) -> str:
    """What a student reads whose result needs a library that is not there."""
    there = f"{', '.join(['numpy', *sorted(allowed)])} and the standard library, and the files beside yours"
    return f"this result needs {library}, which is not there when your work is graded; there are {there}"


def _library(error: BaseException | None) -> str | None:
    """The library that is missing, if that is why: numpy wraps what it meets into an error of its own."""
    for _ in range(5):
        if error is None or isinstance(error, LibraryNeeded):
            break
        error = error.__cause__ or error.__context__
    return text_of(error) if isinstance(error, LibraryNeeded) else None


def _without_path(text: str) -> str:
    """An ImportError's text without where the module lies here; which Python this is says more."""
    return re.sub(r" \((?:unknown location|[^()]*[/\\][^()]*)\)$", f" (this is Python {this_python()})", text)


def _frames(trace: TracebackType | None, shown_name: Callable[[str], str | None]) -> tuple[Frame, ...]:
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        name = shown_name(code.co_filename)
        if name is not None:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            frames.append(Frame(name, trace.tb_lineno, code.co_name, line[:200]))
        trace = trace.tb_next
    return tuple(frames[-MAX_FRAMES:])
