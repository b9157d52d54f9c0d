"""A process beside a Dask worker that grades as one machine does: the same pool, wall and watch.

    python -P -m grader.grading.cluster.host DESCRIPTOR

A Dask worker has threads, may not fork safely, and may be a daemon that must not have children; this process may.
It ends with the worker that started it, and when it had nothing to do for a long time.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from grader.grading.cluster.job import Job
from grader.grading.plan import kit_digest
from grader.grading.pool import Pool
from grader.grading.watch import Watch
from grader.isolation.limits import die_with
from grader.isolation.sandbox import open_sandbox

# A client that was killed leaves its hosts behind; they hold its seed no longer than this.
IDLE_SECONDS = 600.0


def main(descriptor: int) -> None:
    """Say what this machine can enforce, then grade bundles until there are no more."""
    if sys.platform == "linux":
        die_with(os.getppid())
    connection = Connection(descriptor)
    kit, description = connection.recv_bytes(), connection.recv_bytes()
    try:
        job = _fitting_job(kit, description)
        with open_sandbox(job.isolation, allow=job.allow) as sandbox:
            isolation = dict(sandbox.isolation)
    except Exception as error:
        connection.send_bytes(json.dumps({"problem": str(error) or type(error).__name__}).encode())
        return
    with Pool[Any](partial(_serve, job, connection), 1) as pool:
        connection.send_bytes(json.dumps({"isolation": isolation}).encode())
        while connection.poll(IDLE_SECONDS):
            try:
                bundle = connection.recv_bytes()
            except EOFError:
                return
            connection.send_bytes(_graded(bundle, pool))


def _fitting_job(kit: bytes, description: bytes) -> Job:
    if kit != kit_digest():
        raise ValueError("it has another build of misstep: its code, suites, pages or solutions differ from yours")
    job: Job = pickle.loads(description)
    return job.settled()


def _graded(bundle: bytes, pool: Pool[Any]) -> bytes:
    """JSON of the seconds it took, and answer and problem of each submission; one process keeps their order."""
    began = time.monotonic()
    works = [pickle.loads(packed) for packed in pickle.loads(bundle)]
    answers = [[done.answer, done.problem] for done in pool.run(works)]
    return json.dumps({"seconds": time.monotonic() - began, "answers": answers}).encode()


def _serve(job: Job, theirs: Connection, connection: Connection, watch: Watch) -> None:
    # The Dask worker must see at once that this process ended, whatever a grading process is at.
    theirs.close()
    job.serve(connection, watch)


if __name__ == "__main__":
    main(int(sys.argv[1]))
