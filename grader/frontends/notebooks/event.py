"""What grading tells of each submission of a course."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Event:
    """What became of one student's submission; `graded` are the notebooks that hold its feedback."""

    student: str
    score: float = 0.0
    max_score: float = 0.0
    kept: bool = False
    late: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""
    graded: tuple[Path, ...] = ()
