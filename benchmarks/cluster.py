"""What does a Dask cluster on this machine cost against the local pool?

    python benchmarks/cluster.py [--submissions 400] [--rounds 3]
    python benchmarks/cluster.py --once 10000 [--hanging 100] [--timeout 10] [--against-pool]

The first grades one class, round by round, by two local processes, by one Dask worker and by two, all at the same time,
so that all meet the same machine, and nobody looks at the clock. Of each it makes three runs: of 24 submissions, of a
few that sleep, and of all. From these it works out what starting takes, what a submission takes, and what a second
takes in which nothing is graded: processor time of client, scheduler and workers with all that they started. The rates
that two processors come to follow from these; of one worker, the rate on a processor that has nothing else to do.

The second grades one large class on two workers, once, so many of which sleep.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from cluster_processes import Accounts, Cluster, grade
from submissions import make_class, write_class

HANG = b"import time\n\n\ndef causal_mask(seq_len):\n    time.sleep(600)\n"
FEW, SLEEPERS, SLEEP_SECONDS = 24, 2, 30
PARTS = ("client", "scheduler", "workers")
WAYS, CORES = (0, 1, 2), 2
# Processor seconds of each part, and wall seconds.
Measured = tuple[dict[str, float], float]


@dataclass(frozen=True)
class Costs:
    """Processor seconds of each part, for one submission and for one second."""

    submission: dict[str, float]
    second: dict[str, float]

    def rate(self, cores: float, parts: tuple[str, ...] = PARTS) -> float:
        """Submissions a second of so many processors that do nothing but these parts."""
        idle = sum(self.second[part] for part in parts)
        return (cores - idle) / sum(self.submission[part] for part in parts)


def measured(batch: Path, workers: int, *options: str) -> Measured:
    """Processor seconds of each part, and the wall seconds of the client; no workers: the local pool."""
    accounts = Accounts()
    if not workers:
        run = grade(accounts, batch, "--jobs", str(CORES), *options)
        accounts.end([])
        return {"client": run.used.seconds + accounts.others(run.process), "scheduler": 0.0, "workers": 0.0}, run.wall
    with tempfile.TemporaryDirectory() as home:
        cluster = Cluster(accounts, Path(home))
        cluster.add_workers(workers)
        run = grade(accounts, batch, "--jobs", "1", "--scheduler-file", str(cluster.file), *options)
        cluster.close()
    used = accounts.wait(cluster.scheduler).seconds
    others = accounts.others(run.process, cluster.scheduler)
    return {"client": run.used.seconds, "scheduler": used, "workers": others}, run.wall


def side_by_side(batch: Path, *options: str) -> list[Measured]:
    """The local pool, one worker and two at the same time, so that all meet the same machine."""
    with ProcessPoolExecutor(len(WAYS), get_context("spawn"), max_tasks_per_child=1) as processes:
        running = [processes.submit(measured, batch, workers, *options) for workers in WAYS]
        return [one.result() for one in running]


def costs(count: int, one: Measured, slow: Measured, whole: Measured) -> Costs:
    """Used = starting + submissions × each + seconds × each second, from three runs."""
    matrix = np.array([[1, FEW, one[1]], [1, SLEEPERS, slow[1]], [1, count, whole[1]]])
    found = {part: np.linalg.solve(matrix, [run[0][part] for run in (one, slow, whole)]) for part in PARTS}
    return Costs({part: float(found[part][1]) for part in PARTS}, {part: float(found[part][2]) for part in PARTS})


def compare(count: int, rounds: int) -> None:
    """Print what two local processes, one Dask worker, and two of them cost."""
    with tempfile.TemporaryDirectory() as home:
        batch = write_class(Path(home) / "class", make_class((5,), "mixed", count))
        sleepers = make_sleep(write_class(Path(home) / "sleepers", make_class((5,), "right", SLEEPERS)), SLEEPERS)
        ratios = [_round(batch, sleepers) for _ in range(rounds)]
    for words in ratios[0]:
        print(f"{words}: {statistics.median(one[words] for one in ratios):.0%}")


def _round(batch: Path, sleepers: Path) -> dict[str, float]:
    names = os.listdir(batch)
    # Enough for every process to have had its first, which is slower than the rest.
    few = [word for name in sorted(names)[:FEW] for word in ("--only", name)]
    ones = side_by_side(batch, *few)
    slow = side_by_side(sleepers, "--timeout", str(SLEEP_SECONDS))
    whole = side_by_side(batch)
    found = [costs(len(names), *runs) for runs in zip(ones, slow, whole, strict=True)]
    local, one, two = (_told(cost, workers) for cost, workers in zip(found, WAYS, strict=True))
    return {
        "2 workers against 1 (aim: 85 %)": two.rate(CORES) / (2 * one.rate(1, ("workers",))),
        "2 workers against the local pool (aim: 90 %)": two.rate(CORES) / local.rate(CORES),
    }


def _told(found: Costs, workers: int) -> Costs:
    who = f"{workers} worker{'s' * (workers > 1)}" if workers else "local pool"
    each = ", ".join(f"{part} {1000 * used:.1f} ms" for part, used in found.submission.items() if used)
    idle = ", ".join(f"{part} {used:.1%}" for part, used in found.second.items() if used)
    print(f"{who}: a submission {each}; at all times {idle} of a processor", flush=True)
    return found


def make_sleep(batch: Path, count: int) -> Path:
    """Let the first so many of a class sleep."""
    for name in sorted(os.listdir(batch))[:count]:
        (batch / name / "stage5" / "causal_mask.py").write_bytes(HANG)
    return batch


def once(count: int, hanging: int, timeout: float, against: bool) -> None:
    """Print what one large class takes on two workers, and whether its bytes are those of the local pool."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        batch = make_sleep(write_class(home / "class", make_class((5,), "mixed", count)), hanging)
        accounts = Accounts()
        (home / "dask").mkdir()
        cluster = Cluster(accounts, home / "dask")
        cluster.add_workers(2)
        ways = {"2 workers": ("--jobs", "1", "--scheduler-file", str(cluster.file))}
        if against:
            ways["local pool"] = ("--jobs", "2")
        told = set()
        for who, options in ways.items():
            run = grade(accounts, batch, "--timeout", str(timeout), *options)
            told.add(run.digest)
            print(
                f"{who}: {run.count} results of {count} submissions, {hanging} of which hang: {run.wall:.0f} s by the "
                f"clock; the client's peak: {run.used.peak:.0f} MB",
                flush=True,
            )
        cluster.close()
    if against:
        print(f"the results are {'the same' if len(told) == 1 else 'NOT the same'}, byte for byte")


def main() -> None:
    """Compare, or grade one large class."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", type=int, metavar="SUBMISSIONS")
    parser.add_argument("--hanging", type=int, default=0, help="with --once: so many of them sleep")
    parser.add_argument("--against-pool", action="store_true", help="with --once: then by two local processes, too")
    parser.add_argument("--timeout", type=float, default=10.0)
    arguments = parser.parse_args()
    if arguments.once:
        once(arguments.once, arguments.hanging, arguments.timeout, arguments.against_pool)
    else:
        compare(arguments.submissions, arguments.rounds)


if __name__ == "__main__":
    main()
