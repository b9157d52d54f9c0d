"""What can go wrong inside a submission, as exceptions that carry plain data only.

A fault is the student's, never ours: each has the status that a check gets when the fault reaches it.
Faults cross the wall as JSON, so they hold text and numbers and never an object of the submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar


class OutOfTime(BaseException):
    """Thrown into a student's running code to end it; no `except Exception` of theirs catches it."""


class Left(BaseException):
    """A student's code wanted to end the process; the text says with which exit status."""


@dataclass(frozen=True)
class Frame:
    """One line of a student's traceback; `column` counts from 1 in `source`, 0 where the whole line is meant."""

    file: str
    line: int
    function: str
    source: str = ""
    column: int = 0


@dataclass
class StudentFault(Exception):
    """The submission did not answer a call."""

    text: str
    frames: tuple[Frame, ...] = field(default=(), kw_only=True)
    status: ClassVar[str] = "error"

    def __str__(self) -> str:
        return self.text

    @property
    def where(self) -> Frame | None:
        """The student's own line nearest to the fault."""
        return self.frames[-1] if self.frames else None

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `fault_from_json` turns back into this fault."""
        return {"fault": type(self).__name__, **asdict(self)}


@dataclass
class Raised(StudentFault):
    """The student's code raised an exception of type `type_name`."""

    type_name: str = field(default="Exception", kw_only=True)

    def __str__(self) -> str:
        return f"{self.type_name}: {self.text}" if self.text else self.type_name

    def same_as(self, other: StudentFault) -> bool:
        """Whether both are one fault: the same exception type raised on the same line."""
        return isinstance(other, Raised) and (self.type_name, self.where) == (other.type_name, other.where)


@dataclass
class NotFilledIn(StudentFault):
    """The stub still raises NotImplementedError."""

    status: ClassVar[str] = "todo"


@dataclass
class TimedOut(StudentFault):
    """The student's code did not answer in time."""

    status: ClassVar[str] = "timeout"


@dataclass
class Unusable(StudentFault):
    """There is nothing to call: a missing file or function, a syntax error, a process that ended."""


_FAULTS: Mapping[str, type[StudentFault]] = {kind.__name__: kind for kind in (Raised, NotFilledIn, TimedOut, Unusable)}


def fault_from_json(data: Any) -> StudentFault:
    """The fault that `to_json` wrote; whoever sends `data` is not trusted.

    Raises ValueError where `data` is no such object.
    """
    if not isinstance(data, dict) or not isinstance(data.get("frames"), list):
        raise ValueError("not a fault")
    kind = _FAULTS.get(str(data.get("fault")))
    if kind is None:
        raise ValueError("not a fault")
    frames = tuple(_frame(item) for item in data["frames"][:50])
    extra = {"type_name": str(data.get("type_name"))[:200]} if kind is Raised else {}
    return kind(str(data.get("text"))[:10_000], frames=frames, **extra)


def _frame(data: Any) -> Frame:
    if not isinstance(data, dict) or not isinstance(data.get("line"), int):
        raise ValueError("not a frame")
    texts = {key: str(data.get(key))[:500] for key in ("file", "function", "source")}
    column = data.get("column", 0)
    return Frame(line=data["line"], column=column if type(column) is int and column > 0 else 0, **texts)
