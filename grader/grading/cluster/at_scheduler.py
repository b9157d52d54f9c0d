"""What runs in the process of Dask's scheduler. It travels as text (see `as_text`): misstep need not be there."""

from __future__ import annotations

from collections import deque
from typing import Any

from distributed.diagnostics.plugin import SchedulerPlugin


class Forgetting(SchedulerPlugin):
    """Keeps no message to a worker, be it here already or joining.

    Dask keeps the last thousand of every connection for its developers. Ours hold bundles of students' texts: up to
    1 GB for each worker.
    """

    def __init__(self, run: str) -> None:
        self.name = run

    def __reduce__(self) -> Any:
        from grader.grading.cluster.as_text import reduced

        return reduced(__file__, "Forgetting", (self.name,))

    async def start(self, scheduler: Any) -> None:
        for worker in scheduler.stream_comms:
            self.add_worker(scheduler, worker)

    def add_worker(self, scheduler: Any, worker: str) -> None:
        scheduler.stream_comms[worker].recent_message_log = deque(maxlen=0)


class States:
    """The state of each of these tasks, and how many workers were lost while they had it."""

    def __reduce__(self) -> Any:
        from grader.grading.cluster.as_text import reduced

        return reduced(__file__, "States", ())

    def __call__(self, keys: list[str], dask_scheduler: Any) -> dict[str, tuple[str, int]]:
        tasks = {key: dask_scheduler.tasks[key] for key in keys if key in dask_scheduler.tasks}
        return {key: (task.state, task.suspicious) for key, task in tasks.items()}
