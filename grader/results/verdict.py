"""The verdict: a check's status on one submission, with all that feedback and results say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.results.fields import number_of, text_of, whole_of
from grader.results.picture import Picture
from grader.student.faults import Frame
from grader.student.source import Excerpt

STATUSES = ("passed", "mistake", "wrong", "blocked", "todo", "error", "timeout")
UNUSABLE_TITLE = "Your code cannot be run"


@dataclass(frozen=True)
class Verdict:
    """One check on one submission; `id` is None for the general check of the exercise.

    What stands in results.jsonl comes first, up to `line`: the line of the student's file in which one change
    makes a wrong result right, where that was seen. `where` is the line that the verdict is about; `numbers` are
    those that `message` speaks of, by name and as JSON; `picture` draws what was seen; `code` is the text of
    the student's function; `fix` is the change in `line`, and `slip` the same for all who went wrong in the same
    undocumented way: both for instructors alone.
    """

    id: str | None
    exercise: str
    stage: int
    status: str
    points: float
    max_points: float
    message: str = ""
    link: str | None = None
    line: int | None = None
    title: str = ""
    question: str = ""
    where: Frame | None = None
    frames: tuple[Frame, ...] = ()
    waits_for: str = ""
    fix: str = ""
    slip: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict, hash=False)
    picture: Picture | None = None
    code: Excerpt | None = None

    @property
    def label(self) -> str:
        return self.id or "general"

    @property
    def passed(self) -> bool:
        """Only an explicit pass counts."""
        return self.status == "passed"

    def to_json(self) -> dict[str, Any]:
        """The object that stands in results.jsonl."""
        return {name: getattr(self, name) for name in _PUBLIC}

    @classmethod
    def from_json(cls, data: Any) -> Verdict:
        """The verdict of a line of results.jsonl. Raises ValueError, saying which key is missing or of the wrong kind.

        `line` may be missing: it came later than the others.
        """
        status = text_of(data, "status")
        if status not in STATUSES:
            raise ValueError(f'"status" is {status!r}, and must be one of {", ".join(STATUSES)}')
        return cls(
            id=text_of(data, "id", or_null=True),
            exercise=text_of(data, "exercise"),
            stage=whole_of(data, "stage"),
            status=status,
            points=number_of(data, "points"),
            max_points=number_of(data, "max_points"),
            message=text_of(data, "message"),
            link=text_of(data, "link", or_null=True),
            line=whole_of(data, "line") if data.get("line") is not None else None,
        )


_BUILT = ("where", "frames", "folder", "picture", "code")
_PUBLIC = ("id", "exercise", "stage", "status", "points", "max_points", "message", "link", "line")


def to_property(verdict: Verdict, folder: str) -> dict[str, Any]:
    """A verdict as the plain data that a report can carry from one pytest process to another."""
    frames = [vars(frame) for frame in verdict.frames]
    where = vars(verdict.where) if verdict.where else None
    names = ("title", "question", "waits_for", "fix", "slip", "numbers")
    extra = {name: getattr(verdict, name) for name in names}
    picture = verdict.picture.to_json() if verdict.picture else None
    more = {"picture": picture, "code": vars(verdict.code) if verdict.code else None}
    return {**verdict.to_json(), **extra, "where": where, "frames": frames, "folder": folder, **more}


def from_row(data: dict[str, Any]) -> Verdict:
    """What stands in results.jsonl of the verdict that `to_property` wrote, and what it waits for."""
    return Verdict(**{name: data[name] for name in _PUBLIC if name in data}, waits_for=data["waits_for"])


def from_property(data: dict[str, Any]) -> Verdict:
    """The verdict that `to_property` wrote, perhaps before there were pictures and code."""
    rest = {key: value for key, value in data.items() if key not in _BUILT}
    where = Frame(**data["where"]) if data["where"] else None
    picture = Picture.from_json(data["picture"]) if data.get("picture") else None
    code = Excerpt(**{**data["code"], "lines": tuple(data["code"]["lines"])}) if data.get("code") else None
    frames = tuple(Frame(**frame) for frame in data["frames"])
    return Verdict(**rest, where=where, frames=frames, picture=picture, code=code)
