"""How a batch is graded: what is the same for all of its submissions, and whether this machine can do it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.catalogue import stage_numbers
from grader.course.pages import exercises_home, solutions_home
from grader.grading.examine import Settings
from grader.grading.find import BatchError
from grader.grading.grade import TIME_LIMIT
from grader.isolation.errors import LibraryMissing, WallError
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox, open_sandbox


@dataclass(frozen=True)
class Plan:
    """How a batch is graded: what is the same for all of its submissions.

    `limits` bound the student's code, `memory` the grading process itself: bytes on top of what it starts with.
    """

    settings: Settings
    stages: tuple[int, ...] = ()
    time_limit: float = TIME_LIMIT
    limits: Limits = field(default_factory=Limits)
    memory: int = Limits.memory
    isolation: str = "full"

    def digest(self) -> bytes:
        """A digest of everything but the submission that verdicts depend on."""
        settings = [self.settings.seed, self.settings.points.decisive(), self.stages, self.settings.line_seconds]
        wall = [self.time_limit, self.limits.memory, self.memory, self.isolation]
        text = json.dumps([settings, wall], sort_keys=True)
        return hashlib.sha256(text.encode() + kit_digest()).digest()


def kit_digest() -> bytes:
    """A digest of the kit itself: its code, its suites, its pages and its solutions."""
    digest = hashlib.sha256()
    homes = [Path(__file__).parents[1], exercises_home(), solutions_home()]
    for home in homes:
        ours = ("**/*.py", "**/*.npz", "**/outline.json", "**/MISTAKES.md")
        patterns = ours if home != homes[-1] else ("stage*/*.py",)
        paths = sorted(path for pattern in patterns for path in home.glob(pattern)) if home else []
        for path in paths:
            digest.update(str(path.relative_to(home or path)).encode() + path.read_bytes())
    return digest.digest()


def require_wall(plan: Plan) -> Sandbox:
    """A sandbox of the plan's isolation; WallError where it cannot be had here, before anything is begun."""
    try:
        return open_sandbox(plan.isolation, allow=plan.settings.points.allow)
    except LibraryMissing:
        raise
    except WallError as error:
        raise WallError(f"{error}; `--isolation none` grades without a wall, at your own risk") from error


def planned_stages(chosen: Iterable[int]) -> tuple[int, ...]:
    """The stages asked for, checked. Raises BatchError for one that does not exist."""
    known = stage_numbers()
    for number in chosen:
        if number not in known:
            raise BatchError(f"there is no stage {number}; there are {', '.join(map(str, known))}")
    return tuple(sorted(set(chosen)))
