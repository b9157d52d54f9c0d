"""Who may grade: every Dask worker looks at itself when the run begins, or when it joins, and says what it found.

This file travels as text (see `as_text`): a worker without misstep, or with another Python, must be able to say so.
A worker that fits offers a resource that the tasks of the run ask for, so that Dask gives them to no other.
"""

from __future__ import annotations

import asyncio
import platform
import socket
from typing import Any

from distributed.diagnostics.plugin import WorkerPlugin

# In milliseconds.
SELDOM = 1000.0


def versions() -> dict[str, str]:
    """What must be the same wherever a batch is graded, so that all get the same verdicts; "" is not installed."""
    found = {
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "processor": platform.machine(),
        "numpy": "",
        "misstep": "",
    }
    try:
        import numpy as np

        found["numpy"] = np.__version__

        import grader

        found["misstep"] = grader.__version__
    except ImportError:
        pass
    return found


class Admission(WorkerPlugin):
    """A Dask worker's part in one run; `ours` are the client's versions."""

    def __init__(self, run: str, ours: dict[str, str], kit: bytes, job: bytes) -> None:
        self.name = self._run = run
        self._ours, self._kit, self._job = ours, kit, job
        self._calmed: list[tuple[Any, float]] = []

    def __reduce__(self) -> Any:
        from grader.grading.cluster.as_text import reduced

        return reduced(__file__, "Admission", (self._run, self._ours, self._kit, self._job))

    async def setup(self, worker: Any) -> None:
        """Begin to look whether this worker fits.

        Not waited for: a worker that joins sends no heartbeat before its plugins are set up.
        """
        self.admitting = asyncio.create_task(self._admit(worker))

    async def _admit(self, worker: Any) -> None:
        """Look, get ready, and tell the client. Raises nothing: the worker is not ours."""
        told = {"worker": worker.address, "name": str(worker.name), "host": socket.gethostname()}
        try:
            self._compare()
            self.calm(worker)
            from grader.grading.cluster.station import Station

            # Started from this thread: a host ends with the thread that started it, and this one stays.
            self.station = Station(worker.address, worker.state.nthreads, self._kit, self._job)
            told["isolation"] = await asyncio.to_thread(self.station.warm_up)
            await worker.set_resources(**{self._run: worker.state.nthreads})
        except Exception as error:
            self._close()
            told["problem"] = str(error) or type(error).__name__
        worker.log_event(self._run, told)

    def _compare(self) -> None:
        theirs = versions()
        different = [
            f"{what} {theirs[what]} there, {version} here" if theirs[what] else f"{what} is not installed there"
            for what, version in self._ours.items()
            if version != theirs[what]
        ]
        if different:
            raise RuntimeError("; ".join(different))

    def calm(self, worker: Any) -> None:
        """Measure its event loop and profile its threads seldom: both come to nothing here, 150 times a second.

        It takes 3 % of a processor, for each worker.
        """
        found = map(worker.periodic_callbacks.get, ("tick", "profile"))
        often = [callback for callback in found if callback and callback.callback_time < SELDOM]
        self._calmed = [(callback, callback.callback_time) for callback in often]
        for callback in often:
            callback.callback_time = SELDOM

    def teardown(self, worker: Any) -> None:
        """The run or the worker is over."""
        self.admitting.cancel()
        for callback, interval in self._calmed:
            callback.callback_time = interval
        self._close()

    def _close(self) -> None:
        station = self.__dict__.pop("station", None)
        if station is not None:
            station.close()
