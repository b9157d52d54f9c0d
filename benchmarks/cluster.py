"""What does a Dask cluster on this machine cost against the local pool, and how many workers does one client feed?

    python benchmarks/cluster.py [--submissions 200] [--rounds 3] [--hanging 0]
    python benchmarks/cluster.py --simulate 50 200 2000 [--submissions 4000] [--seconds 0.3]

The first grades one class, round by round, by two local processes, by one Dask worker and by two. Rates are by the
clock and mean something where nobody else uses the machine; processor time is that of client, scheduler and workers
with all that they started, and the ratio of two of them holds on a busy machine as well: it is the ratio of the rates
where all cores are at work.

What a run of one submission takes, which is starting, is taken off everywhere.

The second starts so many workers, in processes of their own, that wait so many seconds a submission instead of grading
it; scheduler and client are the real ones. What the threads of client and scheduler spend on a bundle bounds how many
bundles a second they can see to, and so how many workers stay busy.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from submissions import make_class, write_class

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
HANG = b"import time\n\n\ndef causal_mask(seq_len):\n    time.sleep(60)\n"
# So many waiting workers share a process; so often processes are looked at.
IN_A_PROCESS, LOOK_SECONDS = 500, 0.25
GRADE = """
import resource, sys
from grader.frontends.cli import main
status = main(sys.argv[1:])
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    used = resource.getrusage(who)
    print("used", used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(status)
"""


@dataclass(frozen=True)
class Cost:
    """Of one `misstep grade`: wall seconds, processor seconds of itself and of what it started, its peak MB."""

    wall: float
    own: float
    children: float
    peak: float
    said: str


def grade(batch: Path, *options: str) -> Cost:
    """One `misstep grade` from start to end."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", GRADE, "grade", str(batch), "--out", out, "--seed", "1", *options]
        began = time.perf_counter()
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
        wall = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    own, children = (line.split()[1:] for line in done.stdout.splitlines()[-2:])
    return Cost(wall, float(own[0]), float(children[0]), float(own[1]) / 1024, done.stderr)


class Cluster:
    """A scheduler, and what was started beside it."""

    def __init__(self, home: str, stack: ExitStack) -> None:
        self.file, self._home, self._stack = Path(home) / "scheduler.json", home, stack
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file)]
        self.scheduler = self._run("-m", "distributed.cli.dask_scheduler", *options)
        self._workers: list[int] = []
        while not self.file.is_file():
            time.sleep(0.1)

    def add_workers(self, count: int) -> None:
        """Real ones, of one thread."""
        fixed = ["--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--local-directory", self._home]
        words = ["-m", "distributed.cli.dask_worker", "--scheduler-file", str(self.file), *fixed]
        self._workers.append(self._run(*words, "--nworkers", str(count)))
        wait_for_workers(self.file, count)

    def add_waiting(self, count: int, seconds: float) -> None:
        """Some that wait."""
        for first in range(0, count, IN_A_PROCESS):
            some = min(IN_A_PROCESS, count - first)
            self._run(__file__, "--wait-as", str(first), str(some), str(seconds), str(self.file))
        wait_for_workers(self.file, count)

    def _run(self, *words: str) -> int:
        return self._stack.enter_context(running([sys.executable, *words])).pid

    @contextmanager
    def measured(self) -> Iterator[list[float]]:
        """What scheduler and workers, with all that they start, use meanwhile: seconds, there when it is over.

        Grading processes end with the run, and those that are killed take their times with them: so all are looked at
        again and again. The walled children, short-lived, are counted by the process that they are forked from.
        """
        seen: dict[int, float] = {}
        over = threading.Event()

        def look() -> None:
            while not over.wait(LOOK_SECONDS):
                for process in [self.scheduler, *(pid for top in self._workers for pid in below(top))]:
                    seen[process] = max(seen.get(process, 0.0), processor_seconds(process))

        before = {
            process: processor_seconds(process)
            for process in [self.scheduler, *(pid for top in self._workers for pid in below(top))]
        }
        thread = threading.Thread(target=look)
        thread.start()
        told: list[float] = []
        try:
            yield told
        finally:
            over.set()
            thread.join()
            told.append(sum(used - before.get(process, 0.0) for process, used in seen.items()))


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended at the end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def stat(process: int) -> list[str]:
    """What the kernel says of a process, from its state on; nothing where it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def below(top: int) -> list[int]:
    """A process and all that it started, and that these started."""
    parents = {int(p.name): int(told[1]) for p in Path("/proc").glob("[0-9]*") if (told := stat(int(p.name)))}
    found = [top]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def processor_seconds(process: int) -> float:
    """What a process has used so far, and those of its children that are gone, unless these are counted themselves."""
    try:
        is_dask = b"dask" in (line := Path(f"/proc/{process}/cmdline").read_bytes()) or b"spawn_main" in line
    except OSError:
        return 0.0
    return sum(map(int, stat(process)[11 : 13 if is_dask else 15])) / TICKS


def wait_for_workers(file: Path, count: int) -> None:
    """Until so many workers are there."""
    from distributed import Client

    with Client(scheduler_file=str(file), timeout=60) as client:
        client.wait_for_workers(count, timeout=600)


def compare(count: int, rounds: int, hanging: int) -> None:
    """Print what two local processes, one Dask worker, and two of them cost."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        batch = write_class(home / "class", make_class((5,), "mixed", count))
        for folder in sorted(batch.iterdir())[:hanging]:
            (folder / "stage5" / "causal_mask.py").write_bytes(HANG)
        clusters = {}
        for workers in (1, 2):
            clusters[workers] = Cluster(stack.enter_context(tempfile.TemporaryDirectory()), stack)
            clusters[workers].add_workers(workers)
        start = _round(batch, clusters, "--only", min(os.listdir(batch)))
        seen = [{who: used - start[who] for who, used in _round(batch, clusters).items()} for _ in range(rounds)]
    middle = {key: statistics.median(one[key] for one in seen) for key in seen[0]}
    for who in ("two local processes", "1 worker(s)", "2 worker(s)"):
        rate, used = count / middle[f"{who}, wall"], 1000 * middle[f"{who}, processor"] / count
        print(f"{who}: {rate:.1f} a second by the clock, {used:.1f} ms of processor time a submission")
    ratios = {
        "2 workers against 1, by the clock (aim: 85 %)": ("1 worker(s), wall", "2 worker(s), wall", 0.5),
        "2 workers against 1, processor time": ("1 worker(s), processor", "2 worker(s), processor", 1.0),
        "2 workers against the local pool, by the clock (aim: 90 %)": (
            "two local processes, wall",
            "2 worker(s), wall",
            1,
        ),
        "the same, processor time": ("two local processes, processor", "2 worker(s), processor", 1),
    }
    for words, (over, under, share) in ratios.items():
        print(f"{words}: {share * statistics.median(one[over] / one[under] for one in seen):.0%}")


def _round(batch: Path, clusters: dict[int, Cluster], *only: str) -> dict[str, float]:
    """Wall and processor seconds of each way; `only` narrows the batch, to see what starting costs."""
    local = grade(batch, "--jobs", "2", *only)
    found = {"two local processes, wall": local.wall, "two local processes, processor": local.own + local.children}
    for workers, cluster in clusters.items():
        with cluster.measured() as used:
            cost = grade(batch, "--jobs", "1", "--scheduler-file", str(cluster.file), *only)
        found[f"{workers} worker(s), wall"] = cost.wall
        found[f"{workers} worker(s), processor"] = cost.own + cost.children + used[0]
    return found


def simulate(workers: int, batch: Path, count: int, seconds: float) -> None:
    """Print what one client and one scheduler get out of so many workers that wait."""
    with ExitStack() as stack:
        cluster = Cluster(stack.enter_context(tempfile.TemporaryDirectory()), stack)
        cluster.add_waiting(workers, seconds)
        where = ("--jobs", "1", "--scheduler-file", str(cluster.file))
        with cluster.measured() as at_start:
            start = grade(batch, *where, "--only", min(os.listdir(batch)))
        with cluster.measured() as used:
            cost = grade(batch, *where)
    # What a run of one submission costs, too, is starting.
    each = {
        "client": cost.own - start.own,
        "reader": cost.children - start.children,
        "scheduler": used[0] - at_start[0],
    }
    told = ", ".join(f"{who} {1000 * used / count:.2f} ms" for who, used in each.items())
    busiest = max(each["client"], each["scheduler"]) / count
    print(
        f"{workers} waiting workers, {seconds:g} s each: {count / (cost.wall - start.wall):.0f} of "
        f"{workers / seconds:.0f} a second by the clock; processor time a submission: {told}, enough for "
        f"{seconds / busiest:.0f} such workers; "
        f"client {start.peak:.0f} MB at 1 submission, {cost.peak:.0f} MB at {count}",
        flush=True,
    )


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
        # As large as a real answer: about 6 kB a submission.
        answers = [[[work.key, self.verdicts, json.dumps(["x" * 6000])], ""] for work in works]
        return json.dumps({"worker": self._worker, "seconds": self.seconds * len(works), "answers": answers}).encode()

    def close(self) -> None:
        pass


async def wait_as(first: int, workers: int, seconds: float, file: str) -> None:
    """So many Dask workers in this process."""
    from distributed import Worker

    from grader.grading.cluster import station

    Waiting.seconds = seconds
    station.Station = Waiting  # type: ignore[assignment,misc]
    address = json.loads(Path(file).read_text())["address"]
    names = range(first, first + workers)
    for some in (names[n : n + 50] for n in range(0, workers, 50)):
        await asyncio.gather(*(Worker(address, nthreads=1, dashboard=False, name=f"w{n}") for n in some))
    await asyncio.Event().wait()


def main() -> None:
    """Compare, or simulate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hanging", type=int, default=0, help="so many of them sleep")
    parser.add_argument("--simulate", type=int, nargs="+", metavar="WORKERS")
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--wait-as", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.wait_as:
        first, workers, seconds, file = arguments.wait_as
        asyncio.run(wait_as(int(first), int(workers), float(seconds), file))
    elif arguments.simulate:
        with tempfile.TemporaryDirectory() as folder:
            batch = write_class(Path(folder), make_class((5,), "mixed", arguments.submissions))
            for workers in arguments.simulate:
                simulate(workers, batch, arguments.submissions, arguments.seconds)
    else:
        compare(arguments.submissions, arguments.rounds, arguments.hanging)


if __name__ == "__main__":
    main()
