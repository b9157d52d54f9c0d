"""What the client asks of Dask's scheduler, with what can go wrong said in our own words."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from grader.grading.cluster.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client, Future

# How long a result may take from the worker that has it to here.
GATHER_SECONDS = 10.0


class Scheduler:
    """The scheduler at the other end of a Dask client."""

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address

    def states(self, keys: list[str]) -> dict[str, tuple[str, int]]:
        """The state of each task under way, and how many workers were lost while they had it."""
        from grader.grading.cluster.at_scheduler import States

        try:
            return dict(self._client.run_on_scheduler(States(), keys))
        except (OSError, RuntimeError, ValueError) as error:
            raise self._gone() from error

    def threads(self) -> dict[str, int]:
        """The threads of every worker that is there, by its address. Raises ClusterError."""
        try:
            return dict(self._client.nthreads())
        except (OSError, RuntimeError, ValueError) as error:
            raise self._gone() from error

    def gathered(self, futures: list[Future]) -> dict[str, dict[str, Any]]:
        """What stations told, by key; nothing where a worker was lost before it could hand over its result."""
        gather = partial(self._client.gather, futures, asynchronous=True)
        try:
            results = self._client.sync(gather, callback_timeout=GATHER_SECONDS) if futures else []
        except Exception:
            self.require_running()
            return {} if len(futures) < 2 else {k: r for one in futures for k, r in self.gathered([one]).items()}
        return {future.key: _told(result) for future, result in zip(futures, results, strict=True)}

    def failure(self, future: Future) -> dict[str, Any]:
        """The problem for which Dask gave a task up; nothing where it only is to be sent again. Raises ClusterError."""
        self.require_running()
        error = future.exception(timeout=GATHER_SECONDS) if future.status == "error" else None
        return {"problem": f"{type(error).__name__}: {error}"} if error else {}

    def require_running(self) -> None:
        """Raises ClusterError where the connection is lost."""
        if self._client.status != "running":
            raise self._gone()

    def _gone(self) -> ClusterError:
        return ClusterError(f"the Dask scheduler at {self._address} is gone: start one again")

    def close(self, plugin: str) -> None:
        """Take the run's plugins from workers and scheduler, and go."""
        try:
            if self._client.status == "running":
                self._client.unregister_worker_plugin(plugin)
                self._client.unregister_scheduler_plugin(plugin)
        except (OSError, RuntimeError, ValueError):
            pass  # The scheduler is gone, and the plugins with it.
        self._client.close()


def _told(result: bytes) -> dict[str, Any]:
    worker, _, graded = result.partition(b" ")
    return {"worker": worker.decode(), **json.loads(graded)}
