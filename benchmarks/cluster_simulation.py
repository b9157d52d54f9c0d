"""How many workers does one client feed, and what gives out first?

    python benchmarks/cluster_simulation.py --workers 100 500 2000 --rates 50 100 [--each 6] [--jobs 2]

Client and scheduler are the real ones. The Dask workers are real too, many in a process, but in the place of grading
they wait, so long that all together would be done with as many submissions a second as `--rates` says. Each gets
`--each` submissions, or as many as last 40 seconds. What is printed is of the time in which all could be at work: from
when the last worker began its first submission to when the last submission was begun.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pickle
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from cluster_processes import Accounts, Cluster, grade
from submissions import make_class, write_class

TICKS = os.sysconf("SC_CLK_TCK")
IN_A_PROCESS, AT_ONCE, LEAST_SECONDS = 250, 50, 40
# They stand in for other machines: what Dask measures of itself there is not what is measured here.
QUIET = {
    "distributed.admin.tick.interval": "2s",
    "distributed.admin.system-monitor.interval": "60s",
    "distributed.worker.profile.enabled": False,
}
# What the scheduler loads first: it counts the messages that come and go.
COUNTING = """
import json, os
from collections import Counter
from tornado.ioloop import PeriodicCallback

came = Counter()

class Counting(dict):
    def __getitem__(self, op):
        came[op] += 1
        return dict.__getitem__(self, op)

def dask_setup(scheduler):
    scheduler.stream_handlers = Counting(scheduler.stream_handlers)
    scheduler.handlers = Counting(scheduler.handlers)

    def tell():
        comms = [*scheduler.stream_comms.values(), *scheduler.client_comms.values()]
        told = {"came": sum(came.values()), "went": sum(comm.message_count for comm in comms), "by": dict(came)}
        with open(PATH + ".new", "w") as out:
            json.dump(told, out)
        os.replace(PATH + ".new", PATH)

    scheduler.telling = PeriodicCallback(tell, 500)
    scheduler.telling.start()
"""


class Waiting:
    """In the place of a station: it waits as long as grading would take, and gives one and the same result."""

    seconds = 0.0
    log: Any = None
    verdicts = json.dumps({"submission": "", "score": 0.0, "max_score": 27.0, "checks": []})
    # As large as a real answer: about 6 kB a submission.
    detail = json.dumps(["x" * 6000])

    def __init__(self, worker: str, *_: object) -> None:
        self._worker = worker

    def warm_up(self) -> dict[str, Any]:
        return {"mode": "full", "complete": True}

    def grade(self, bundle: bytes) -> bytes:
        works = [pickle.loads(packed) for packed in pickle.loads(bundle)]
        began = time.time()
        time.sleep(self.seconds * len(works))
        answers = [[[work.key, self.verdicts, self.detail], ""] for work in works]
        self.log.write(f"{self._worker} {began} {time.time()}\n")
        return json.dumps({"seconds": self.seconds * len(works), "answers": answers}).encode()

    def close(self) -> None:
        pass


async def wait_as(first: int, workers: int, seconds: float, file: Path) -> None:
    """So many Dask workers in this process."""
    import dask

    dask.config.set(QUIET)
    from distributed import Worker

    from grader.grading.cluster import station

    Waiting.seconds, Waiting.log = seconds, (file.parent / f"{first}.log").open("w", buffering=1)
    station.Station = Waiting  # type: ignore[assignment,misc]
    address = json.loads(file.read_text())["address"]
    names = range(first, first + workers)
    for some in (names[n : n + AT_ONCE] for n in range(0, workers, AT_ONCE)):
        await asyncio.gather(*(Worker(address, nthreads=1, dashboard=False, name=f"w{n}") for n in some))
    await asyncio.Event().wait()


class Samples:
    """Processor seconds of scheduler, client and readers, and the messages of the scheduler, twice a second."""

    def __init__(self, scheduler: int, counts: Path) -> None:
        self._scheduler, self._counts = scheduler, counts
        self._seen: list[tuple[float, dict[str, float]]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Samples:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def between(self, first: float, last: float) -> dict[str, float]:
        """Of each, so much a second."""
        inside = [(at, values) for at, values in self._seen if first <= at <= last]
        (began, before), (ended, after) = inside[0], inside[-1]
        return {who: (after[who] - before[who]) / (ended - began) for who in before}

    def _look(self) -> None:
        while not self._over.wait(0.5):
            at = time.time()
            clients = _below(os.getpid(), b"grade")
            if not clients or not self._counts.is_file():
                continue
            counts = json.loads(self._counts.read_text())
            heartbeats = counts["by"].get("heartbeat_worker", 0)
            seen = {"scheduler": _seconds(self._scheduler), "client": _seconds(clients[0])}
            seen["readers"] = sum(map(_seconds, _below(clients[0])))
            self._seen.append((at, {**seen, "messages": counts["came"] + counts["went"], "heartbeats": heartbeats}))


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["", "0", *["0"] * 20]


def _below(parent: int, word: bytes = b"") -> list[int]:
    """The processes that this one started, with this word on their command line."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children if not word or word in _words(child)]


def _words(process: str) -> list[bytes]:
    return Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")[:4]


def _seconds(process: int) -> float:
    return sum(map(int, _stat(process)[11:13])) / TICKS


def simulate(workers: int, rate: float, batch: Path, jobs: int) -> None:
    """Print what one client and one scheduler get out of so many workers that wait."""
    accounts, seconds = Accounts(), workers / rate
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "counting.py").write_text(COUNTING.replace("PATH", repr(str(home / "counts.json"))))
        cluster = Cluster(accounts, home, "--preload", str(home / "counting.py"))
        for first in range(0, workers, IN_A_PROCESS):
            some = min(IN_A_PROCESS, workers - first)
            words = ("--wait-as", str(first), str(some), str(seconds), str(cluster.file))
            cluster.workers.append(accounts.start(__file__, *words))
        cluster.wait_for(workers)
        with Samples(cluster.scheduler, home / "counts.json") as samples:
            run = grade(accounts, batch, "--jobs", str(jobs), "--scheduler-file", str(cluster.file))
        spans = [line.split() for log in home.glob("*.log") for line in log.read_text().splitlines()]
        cluster.close()
    _tell(workers, rate, [(who, float(began), float(ended)) for who, began, ended in spans], samples, run.used.peak)


def _tell(workers: int, rate: float, spans: list[tuple[str, float, float]], samples: Samples, peak: float) -> None:
    begun: dict[str, float] = {}
    for who, began, _ in spans:
        begun[who] = min(began, begun.get(who, began))
    first, last = max(begun.values()), max(began for _, began, _ in spans)
    if len(begun) < workers or last - first < 2:
        sys.exit(f"{len(begun)} of {workers} workers got anything: give more submissions with --each")
    busy = sum(max(0.0, min(ended, last) - max(began, first)) for _, began, ended in spans)
    share = busy / workers / (last - first)
    used = samples.between(first, last)
    print(
        f"{workers} workers, {workers / rate:g} s each, for {last - first:.0f} s: busy {share:.1%} of the time, "
        f"{rate * share:.0f} of {rate:g} submissions a second; of a processor: scheduler {used['scheduler']:.0%}, "
        f"client {used['client']:.0%}, readers {used['readers']:.0%}; {used['messages']:.0f} messages a second at the "
        f"scheduler, {used['heartbeats']:.0f} of them heartbeats; the client's peak: {peak:.0f} MB",
        flush=True,
    )


def main() -> None:
    """Simulate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="+", default=[100])
    parser.add_argument("--rates", type=float, nargs="+", default=[50.0])
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--wait-as", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.wait_as:
        first, workers, seconds, file = arguments.wait_as
        asyncio.run(wait_as(int(first), int(workers), float(seconds), Path(file)))
        return
    for workers in arguments.workers:
        for rate in arguments.rates:
            count = max(workers * arguments.each, int(rate * LEAST_SECONDS))
            with tempfile.TemporaryDirectory() as folder:
                batch = write_class(Path(folder), make_class((5,), "mixed", count))
                simulate(workers, rate, batch, arguments.jobs)


if __name__ == "__main__":
    main()
