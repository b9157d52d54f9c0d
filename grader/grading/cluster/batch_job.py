"""The job of `misstep grade`: a batch of directories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from grader.grading.cluster.job import Parcel
from grader.grading.find import Task
from grader.grading.plan import Plan
from grader.grading.reference import choose_reference
from grader.grading.watch import Watch
from grader.grading.worker import EMPTY, grade_work, is_known, read, serve_behind_wall


@dataclass(frozen=True)
class BatchJob:
    """A plan, and its digest where submissions are read."""

    plan: Plan
    digest: bytes = b""

    @property
    def isolation(self) -> str:
        return self.plan.isolation

    @property
    def allow(self) -> Sequence[str]:
        return self.plan.settings.points.allow

    def described(self) -> BatchJob:
        return self._with(None)

    def settled(self) -> BatchJob:
        return self._with(choose_reference(self.plan.settings.seed))

    def _with(self, reference: Any) -> BatchJob:
        return BatchJob(replace(self.plan, settings=replace(self.plan.settings, reference=reference)))

    def read(self, task: Task) -> Any:
        """A submission as text. Where it lay on the client's disk stays there."""
        work = read(task, self.plan, self.digest)
        if work is None:
            return EMPTY
        if is_known(work, task):
            return work.key, None, None
        return Parcel.of(replace(work, submission=replace(work.submission, path=Path())))

    def serve(self, connection: Connection, watch: Watch) -> None:
        serve_behind_wall(self.plan, lambda work, plan, sandbox: grade_work(work, plan, sandbox()), connection, watch)
