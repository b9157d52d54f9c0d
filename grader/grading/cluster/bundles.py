"""What travels: submissions as text, several in one task, and how a run is described to those that grade."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.grading.examine import Settings
from grader.grading.find import Task
from grader.grading.plan import Plan
from grader.grading.pool import Done
from grader.grading.reference import choose_reference
from grader.grading.worker import Work

# A bundle is as many submissions as take so long, so that a task costs the scheduler little beside what it grades.
BUNDLE_SECONDS, MOST_IN_BUNDLE, MOST_BYTES = 2.0, 16, 1 << 20
FIRST_BUNDLE = 2

Bundle = list[tuple[Task, Work]]


def dump_plan(plan: Plan) -> bytes:
    """A plan without what only this machine has: right answers, and what was found so far."""
    settings = plan.settings
    nothing: Any = None
    return pickle.dumps(
        replace(plan, settings=Settings(settings.seed, settings.points, nothing, settings.line_seconds))
    )


def load_plan(data: bytes) -> Plan:
    """The plan, with the right answers of this machine. Raises NoReference."""
    plan: Plan = pickle.loads(data)
    return replace(plan, settings=replace(plan.settings, reference=choose_reference(plan.settings.seed)))


def dump_works(works: Iterable[Work]) -> bytes:
    """Submissions as text. Where they lay on the client's disk stays there."""
    return pickle.dumps([replace(work, submission=replace(work.submission, path=Path())) for work in works])


class Pace:
    """How long a submission takes by and large, and so how many go into a bundle."""

    def __init__(self) -> None:
        self._count, self._seconds = 0, 0.0

    def add(self, count: int, seconds: float) -> None:
        """So many took so long."""
        self._count, self._seconds = self._count + count, self._seconds + seconds

    @property
    def bundle(self) -> int:
        """How many submissions go into the next bundle."""
        if not self._count:
            return FIRST_BUNDLE
        return max(1, min(MOST_IN_BUNDLE, round(BUNDLE_SECONDS * self._count / max(self._seconds, 1e-6))))


def bundled(reads: Iterable[Done[Task]], pace: Pace) -> Iterator[Done[Task] | Bundle]:
    """What was read, in bundles; and as it comes, what is not graded: known, empty, or not to be read."""
    bundle: Bundle = []
    size = 0
    for done in reads:
        if not isinstance(done.answer, Work):
            yield done
            continue
        bundle.append((done.task, done.answer))
        size += text_size(done.answer)
        if len(bundle) >= pace.bundle or size > MOST_BYTES:
            yield bundle
            bundle, size = [], 0
    if bundle:
        yield bundle


def text_size(work: Work) -> int:
    """The bytes of a submission's text."""
    return sum(
        len(chunk) for files in work.submission.sources.values() for source in files.values() for chunk in source.chunks
    )
