"""The verdict: a check's status on one submission, with all that feedback and results say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.student.faults import Frame

STATUSES = ("passed", "mistake", "wrong", "blocked", "todo", "error", "timeout")
UNUSABLE_TITLE = "Your code cannot be run"


@dataclass(frozen=True)
class Verdict:
    """One check on one submission. `where` is the line of the student's file that it is about.

    `numbers` are those that `message` speaks of, by name and as JSON.
    """

    id: str | None
    exercise: str
    stage: int
    status: str
    points: float
    max_points: float
    message: str = ""
    link: str | None = None
    title: str = ""
    question: str = ""
    where: Frame | None = None
    frames: tuple[Frame, ...] = ()
    waits_for: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def label(self) -> str:
        return self.id or "general"

    @property
    def passed(self) -> bool:
        return self.status == "passed"

    def to_json(self) -> dict[str, Any]:
        """The object that stands in results.jsonl."""
        return {
            "id": self.id,
            "exercise": self.exercise,
            "stage": self.stage,
            "status": self.status,
            "points": self.points,
            "max_points": self.max_points,
            "message": self.message,
            "link": self.link,
        }


def to_property(verdict: Verdict, folder: str) -> dict[str, Any]:
    """A verdict as the plain data that a report can carry from one pytest process to another."""
    frames = [vars(frame) for frame in verdict.frames]
    where = vars(verdict.where) if verdict.where else None
    names = ("title", "question", "waits_for", "numbers")
    extra = {name: getattr(verdict, name) for name in names}
    return {**verdict.to_json(), **extra, "where": where, "frames": frames, "folder": folder}


def from_property(data: dict[str, Any]) -> Verdict:
    """The verdict that `to_property` wrote."""
    rest = {key: value for key, value in data.items() if key not in ("where", "frames", "folder")}
    where = Frame(**data["where"]) if data["where"] else None
    return Verdict(**rest, where=where, frames=tuple(Frame(**frame) for frame in data["frames"]))
