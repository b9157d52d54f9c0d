"""Which submissions of a batch are as they were when their results were kept, so that they need not be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from grader.grading.find import Task
from grader.grading.intake.stamp import stamp
from grader.results.records import Event
from grader.results.store import Store


class Looks:
    """What submissions look like, under a digest of all else that their verdicts depend on.

    They are looked at before they are read, so that what changes in between looks another next time.
    """

    def __init__(self, store: Store, digest: bytes) -> None:
        self._store, self._digest = store, digest
        self._before = store.stamps()
        self._now: dict[str, str] = {}

    def is_as_it_was(self, task: Task) -> bool:
        """Whether the result that is kept is of these very files, read by this very kit."""
        seen = stamp(task.path)
        if seen:
            self._now[task.name] = hashlib.sha256(self._digest + seen.encode()).hexdigest()
        return task.known is not None and seen != "" and self._before.get(task.name) == self._now[task.name]

    def noted(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, of which each has its submission's look noted in the end."""
        looks: dict[str, str] = {}
        try:
            for event in events:
                if event.result is not None and event.name in self._now:
                    looks[event.name] = self._now[event.name]
                yield event
        finally:
            self._store.note_stamps(looks)
