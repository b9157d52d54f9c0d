"""How fast is a Dask cluster on this machine against the local pool, and how many workers does one client feed?

    python benchmarks/cluster.py [--submissions 200]
    python benchmarks/cluster.py --simulate 50 200 --submissions 2000 [--seconds 0.3]

The first grades one class three times: by two local processes, by one Dask worker and by two. The second starts so many
workers, in a process of their own, that wait for so many seconds a submission instead of grading it; scheduler and
client are the real ones. Where the rate stays below workers / seconds, client or scheduler is the limit; their
processor time says which.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grade import make_batch

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def scheduler(home: Path) -> Iterator[tuple[Path, int]]:
    """A scheduler, as the file that names its address and its process id."""
    file = home / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    with running([sys.executable, "-m", "distributed.cli.dask_scheduler", *options]) as process:
        while not file.is_file():
            time.sleep(0.1)
        yield file, process.pid


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended at the end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def grade(batch: Path, *options: str) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and peak memory (kB) of one `misstep grade`'s own process."""
    code = (
        "import resource, sys; from grader.frontends.cli import main; status = main(sys.argv[1:]);"
        "u = resource.getrusage(resource.RUSAGE_SELF); print('used', u.ru_utime + u.ru_stime, u.ru_maxrss);"
        "sys.exit(status)"
    )
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", code, "grade", str(batch), "--out", out, "--seed", "1", *options]
        began = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        seconds = time.perf_counter() - began
    _, used, peak = done.stdout.splitlines()[-1].split()
    return seconds, float(used), int(peak)


def wait_for_workers(file: Path, count: int) -> None:
    """Until so many workers are there."""
    from distributed import Client

    with Client(scheduler_file=str(file)) as client:
        client.wait_for_workers(count, timeout=600)


def compare(count: int) -> None:
    """Print the rates of two local processes, one Dask worker, and two."""
    with tempfile.TemporaryDirectory() as folder:
        batch = make_batch(Path(folder) / "class", count)
        local = count / grade(batch, "--jobs", "2")[0]
        print(f"2 local processes: {local:.1f} a second", flush=True)
        rates = []
        for workers in (1, 2):
            with tempfile.TemporaryDirectory() as home, scheduler(Path(home)) as (file, _):
                fixed = ["--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--local-directory", home]
                command = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file), *fixed]
                with running([*command, "--nworkers", str(workers)]):
                    wait_for_workers(file, workers)
                    rates.append(count / grade(batch, "--jobs", "1", "--scheduler-file", str(file))[0])
            print(f"{workers} Dask worker(s): {rates[-1]:.1f} a second", flush=True)
    print(f"2 workers against 1: {rates[1] / rates[0] / 2:.0%} (aim: 85 %)")
    print(f"2 workers against 2 local processes: {rates[1] / local:.0%} (aim: 90 %)")


def simulate(workers: int, count: int, seconds: float) -> None:
    """Print what one client and one scheduler get out of so many workers that wait."""
    with tempfile.TemporaryDirectory() as folder, scheduler(Path(folder)) as (file, process):
        batch = make_batch(Path(folder) / "class", count)
        with running([sys.executable, __file__, "--wait-as", str(workers), str(seconds), str(file)]):
            wait_for_workers(file, workers)
            before = processor_seconds(process)
            wall, client, peak = grade(batch, "--jobs", "1", "--scheduler-file", str(file))
            used = processor_seconds(process) - before
    rate = count / wall
    print(
        f"{workers} waiting workers: {rate:.0f} of {workers / seconds:.0f} a second in {wall:.1f} s; processor: client "
        f"{client:.1f} s, scheduler {used:.1f} s, so {1000 * client / count:.2f} and {1000 * used / count:.2f} ms a "
        f"submission; client memory {peak / 1024:.0f} MB",
        flush=True,
    )


def processor_seconds(process: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Waiting:
    """In the place of a station: it waits as long as grading would take, and gives one and the same result."""

    seconds = 0.0
    verdicts = json.dumps({"submission": "", "score": 0.0, "max_score": 27.0, "checks": []})

    def __init__(self, worker: str, *_: object) -> None:
        self._worker = worker

    def warm_up(self) -> dict[str, Any]:
        return {"mode": "full", "complete": True}

    def grade(self, bundle: bytes) -> bytes:
        works = pickle.loads(bundle)
        time.sleep(self.seconds * len(works))
        answers = [[[work.key, self.verdicts, "[]"], ""] for work in works]
        return json.dumps({"worker": self._worker, "seconds": self.seconds * len(works), "answers": answers}).encode()

    def close(self) -> None:
        pass


async def wait_as(workers: int, seconds: float, file: str) -> None:
    """So many Dask workers in this process."""
    from distributed import Worker

    from grader.grading.cluster import station

    Waiting.seconds = seconds
    station.Station = Waiting  # type: ignore[assignment,misc]
    address = json.loads(Path(file).read_text())["address"]
    await asyncio.gather(*(Worker(address, nthreads=1, dashboard=False, name=f"w{n}") for n in range(workers)))
    await asyncio.Event().wait()


def main() -> None:
    """Compare, or simulate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--simulate", type=int, nargs="+", metavar="WORKERS")
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--wait-as", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.wait_as:
        workers, seconds, file = arguments.wait_as
        asyncio.run(wait_as(int(workers), float(seconds), file))
    elif arguments.simulate:
        for workers in arguments.simulate:
            simulate(workers, arguments.submissions, arguments.seconds)
    else:
        compare(arguments.submissions)


if __name__ == "__main__":
    main()
