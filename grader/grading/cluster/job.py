"""What a run grades and how, as the cluster sees it: it knows nothing of files, stages or notebooks."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Protocol

from grader.grading.watch import Watch


@dataclass(frozen=True)
class Parcel:
    """One submission on its way, as what a grading process takes was pickled: nobody between looks into it."""

    packed: bytes

    @classmethod
    def of(cls, work: Any) -> Parcel:
        return cls(pickle.dumps(work))


class Job(Protocol):
    """A run's job. It is pickled for the workers, each of which makes it its own."""

    @property
    def isolation(self) -> str:
        """Which wall is asked for."""

    @property
    def allow(self) -> Sequence[str]:
        """The libraries that may be imported behind it."""

    def described(self) -> Job:
        """The job without what only the client's machine has."""

    def settled(self) -> Job:
        """The job with what each machine has of its own: the right answers. Raises NoReference."""

    def read(self, task: Any) -> Any:
        """In a process of the client: a submission as a Parcel, or what there is to say of it without grading."""

    def serve(self, connection: Connection, watch: Watch) -> None:
        """A grading process beside a worker: receive the work of a Parcel, send (answer, problem), until EOF."""
