"""What a Dask worker has beside it: one host for each of its threads, warm as long as the run goes on."""

from __future__ import annotations

import json
import os
import pickle
import socket
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

TRIES = 2
ENDED = f"the process that graded it on the Dask worker {{worker}} ended unexpectedly, {TRIES} times"
_GONE = (EOFError, OSError)


class Refused(RuntimeError):
    """This machine cannot grade the run; the message says why."""


class Host:
    """One host process, started anew when it is gone."""

    def __init__(self, kit: bytes, job: bytes) -> None:
        self._kit, self._job = kit, job
        self.start()

    def start(self) -> None:
        """Start the process and do not wait for it."""
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "grader.grading.cluster.host", str(theirs.fileno())]
        # Dask has its workers give memory back at once, which processes that make many small arrays pay for.
        environment = {name: value for name, value in os.environ.items() if name != "MALLOC_TRIM_THRESHOLD_"}
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment
            )
        self._connection = Connection(ours.detach())
        self._connection.send_bytes(self._kit)
        self._connection.send_bytes(self._job)

    def warm_up(self) -> dict[str, Any]:
        """What its wall holds. Raises Refused."""
        try:
            told: dict[str, Any] = json.loads(self._connection.recv_bytes())
        except _GONE as error:
            raise Refused("the process that grades did not start") from error
        if "problem" in told:
            raise Refused(told["problem"])
        return dict(told["isolation"])

    def ask(self, bundle: bytes) -> bytes:
        """What it made of a bundle, as `host` has it. Raises EOFError or OSError where the process ended."""
        self._connection.send_bytes(bundle)
        return self._connection.recv_bytes()

    def restart(self) -> None:
        """Another process in the place of the one that ended."""
        self.close()
        self.start()
        self.warm_up()

    def close(self) -> None:
        """End the process; its grading processes and their walled children end with it."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


class Station:
    """The hosts of one Dask worker."""

    def __init__(self, worker: str, threads: int, kit: bytes, job: bytes) -> None:
        self._worker = worker
        self._hosts = [Host(kit, job) for _ in range(threads)]
        self._free: SimpleQueue[Host] = SimpleQueue()

    def warm_up(self) -> dict[str, Any]:
        """What the wall holds here, once all hosts are ready. Raises Refused."""
        for host in self._hosts:
            isolation = host.warm_up()
            self._free.put(host)
        return isolation

    def grade(self, bundle: bytes) -> bytes:
        """Grade a bundle; what comes back is what the host made of it, and not looked at here."""
        host = self._free.get()
        try:
            return host.ask(bundle)
        except _GONE:
            host.restart()
            return self._one_by_one(host, bundle)
        finally:
            self._free.put(host)

    def _one_by_one(self, host: Host, bundle: bytes) -> bytes:
        """Each by itself, so that one over which the host ends does not cost the others theirs."""
        began = time.monotonic()
        answers = [self._alone(host, packed) for packed in pickle.loads(bundle)]
        return json.dumps({"seconds": time.monotonic() - began, "answers": answers}).encode()

    def _alone(self, host: Host, packed: bytes) -> Any:
        for _ in range(TRIES):
            try:
                return json.loads(host.ask(pickle.dumps([packed])))["answers"][0]
            except _GONE:
                host.restart()
        return ["", ENDED.format(worker=self._worker)]

    def close(self) -> None:
        """End all hosts."""
        for host in self._hosts:
            host.close()


def grade_bundle(run: str, bundle: bytes) -> bytes:
    """What a task calls: it gives its worker's address, and what the station beside that worker made of a bundle.

    It raises nothing: Dask writes the bundle of a task that failed, students' text, into the worker's log.
    """
    from distributed import get_worker

    worker = get_worker()
    try:
        graded: bytes = worker.plugins[run].station.grade(bundle)
    except Exception as error:
        graded = json.dumps({"problem": f"{type(error).__name__}: {error}"}).encode()
    return b"%b %b" % (worker.address.encode(), graded)
