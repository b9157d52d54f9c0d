"""Who may grade: every Dask worker looks at itself when the run begins, or when it joins, and says what it found.

What is in here travels as code, not as a name: a worker without misstep, or with another version of it, must be able
to say so. A worker that fits offers a resource that the tasks of the run ask for, so that Dask gives them to no other.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import Any

import numpy as np
from distributed.diagnostics.plugin import WorkerPlugin

import grader


def versions() -> dict[str, str]:
    """What must be the same wherever a batch is graded, so that all get the same verdicts."""
    return {
        "misstep": grader.__version__,
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "numpy": np.__version__,
        "processor": platform.machine(),
    }


def make_plugin(run: str, kit: bytes, job: bytes) -> WorkerPlugin:
    """The plugin that a run registers with the cluster."""
    ours = versions()

    class Admission(WorkerPlugin):
        """A Dask worker's part in one run."""

        name = run

        async def setup(self, worker: Any) -> None:
            """Begin to look whether this worker fits.

            Not waited for: a worker that joins sends no heartbeat before its plugins are set up.
            """
            import asyncio

            self.admitting = asyncio.create_task(self._admit(worker))

        async def _admit(self, worker: Any) -> None:
            """Look, get ready, and tell the client. Raises nothing: the worker is not ours."""
            import asyncio
            import socket

            told = {"worker": worker.address, "name": str(worker.name), "host": socket.gethostname()}
            try:
                self._compare()
                from grader.grading.cluster.station import Station

                # Started from this thread: a host ends with the thread that started it, and this one stays.
                self.station = Station(worker.address, worker.state.nthreads, kit, job)
                told["isolation"] = await asyncio.to_thread(self.station.warm_up)
                await worker.set_resources(**{run: worker.state.nthreads})
            except Exception as error:
                self._close()
                told["problem"] = str(error) or type(error).__name__
            worker.log_event(run, told)

        def teardown(self, worker: Any) -> None:
            """The run or the worker is over."""
            self.admitting.cancel()
            self._close()

        def _close(self) -> None:
            station = self.__dict__.pop("station", None)
            if station is not None:
                station.close()

        def _compare(self) -> None:
            import platform

            try:
                import numpy as np

                import grader
            except ImportError as error:
                raise RuntimeError(f"{error.name} is not installed there") from error
            theirs = {
                "misstep": grader.__version__,
                "Python": f"{platform.python_implementation()} {platform.python_version()}",
                "numpy": np.__version__,
                "processor": platform.machine(),
            }
            different = [
                f"{what} {theirs[what]} there, {ours[what]} here" for what in ours if ours[what] != theirs[what]
            ]
            if different:
                raise RuntimeError("; ".join(different))

    return Admission()


def make_task(run: str) -> Callable[[bytes], bytes]:
    """The function that a task calls: it takes a bundle and gives what the station beside its worker made of it.

    It raises nothing: Dask writes the bundle of a task that failed, students' text, into the worker's log.
    """

    def grade_bundle(bundle: bytes) -> bytes:
        import json

        from distributed import get_worker

        try:
            graded: bytes = get_worker().plugins[run].station.grade(bundle)
        except Exception as error:
            return json.dumps({"problem": f"{type(error).__name__}: {error}"}).encode()
        return graded

    return grade_bundle
