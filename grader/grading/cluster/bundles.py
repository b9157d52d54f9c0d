"""What travels: submissions as text, several in one task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from grader.grading.cluster.job import Parcel
from grader.grading.pool import Done

# A bundle is as many submissions as take so long, so that a task costs the scheduler little beside what it grades.
BUNDLE_SECONDS, MOST_IN_BUNDLE, MOST_BYTES = 2.0, 16, 1 << 20
FIRST_BUNDLE = 2

# Pairs of a task and what is sent for it.
Bundle = list[tuple[Any, bytes]]


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


def bundled(reads: Iterable[Done[Any]], pace: Pace) -> Iterator[Done[Any] | Bundle]:
    """What was read, in bundles; and as it comes, what is not graded: known, empty, or not to be read."""
    bundle: Bundle = []
    size = 0
    for done in reads:
        if not isinstance(done.answer, Parcel):
            yield done
            continue
        bundle.append((done.task, done.answer.packed))
        size += len(done.answer.packed)
        if len(bundle) >= pace.bundle or size > MOST_BYTES:
            yield bundle
            bundle, size = [], 0
    if bundle:
        yield bundle
