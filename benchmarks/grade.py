"""What does a submission cost behind the full wall, against a pytest process each and against the least possible?

    python benchmarks/grade.py [--submissions 600] [--pytest 8] [--rounds 3] [--jobs 2] [--classes stage5,all]
    python benchmarks/grade.py --growth 100 1000 10000

The figures are processor time, user and system, of all processes that take part: `misstep grade` with its grading
processes, workers and children, as os.wait4 counts them. In the same run, in turn: a pytest process for each of some
submissions, and the floor, see `floor.py`. Ratios are medians over the rounds. What starting costs, a run on one
submission, is in the figures and is printed beside them. `--breakdown` says where the time goes.

The classes are stages 3, 5 and 6 and one of all three; of each, one where everybody is right, and one that is mixed
(half right, half with one documented mistake). `--growth` grades mixed batches of stage 5 of these sizes and prints
the time per submission, and the peak memory of the coordinating process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from breakdown import breakdown
from floor import SEED, Floor
from submissions import make_class, write_class

ROOT = Path(__file__).resolve().parent.parent
CLASSES = {"stage3": (3,), "stage5": (5,), "stage6": (6,), "all": (3, 5, 6)}
AIMS = {"right": 2.0, "mixed": 2.5}
MILLISECONDS = 1000


@dataclass(frozen=True)
class Cost:
    """One run of a command: seconds of processor time of it and of all that it started, wall seconds, peak kB."""

    processor: float
    wall: float
    peak: int


def run(*command: str, accept: tuple[int, ...] = (0,)) -> Cost:
    """Run to the end; whoever it starts and waits for is counted."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accept:
        sys.exit(f"{' '.join(command)} failed:\n{said.decode()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss)


def grade(batch: Path, jobs: int, *only: str) -> Cost:
    """One `misstep grade` from start to end."""
    chosen = [part for name in only for part in ("--only", name)]
    with tempfile.TemporaryDirectory() as out:
        options = ["--out", out, "--jobs", str(jobs), "--seed", str(SEED), *chosen]
        return run("-m", "grader", "grade", str(batch), *options)


def pytest_each(batch: Path, count: int) -> float:
    """Milliseconds of processor time of `python -m pytest` for each of the first `count` submissions."""
    paths = sorted(batch.iterdir())[:count]
    found = [run("-m", "pytest", "-q", "-p", "no:cacheprovider", str(path), accept=(0, 1)) for path in paths]
    return MILLISECONDS * sum(cost.processor for cost in found) / count


def compare(name: str, kind: str, arguments: argparse.Namespace) -> None:
    """Print what one class costs beside the two yardsticks."""
    handed = make_class(CLASSES[name], kind, arguments.submissions)
    floor = Floor(handed)
    with tempfile.TemporaryDirectory() as folder:
        batch = write_class(Path(folder), handed)
        rounds = [_round(batch, floor, arguments) for _ in range(arguments.rounds)]
        print(f"{name}, {kind}: {floor.calls:.0f} calls a submission")
        _say(rounds, AIMS[kind])
        if arguments.breakdown:
            parts = breakdown(batch, SEED)
            print("  breakdown, ms: " + ", ".join(f"{part} {ms:.1f}" for part, ms in parts.items()), flush=True)


def _round(batch: Path, floor: Floor, arguments: argparse.Namespace) -> dict[str, float]:
    cost = grade(batch, arguments.jobs)
    least = floor.measure()
    return {
        "ours": MILLISECONDS * cost.processor / arguments.submissions,
        "start": grade(batch, 1, min(os.listdir(batch))).processor,
        "rate": arguments.submissions / cost.wall,
        "pytest": pytest_each(batch, arguments.pytest),
        **least,
        "floor": sum(least.values()),
    }


def _say(rounds: list[dict[str, float]], aim: float) -> None:
    middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
    above = statistics.median(one["ours"] / one["floor"] for one in rounds)
    below = statistics.median(one["pytest"] / one["ours"] for one in rounds)
    print(f"  misstep grade {middle['ours']:.1f} ms of processor time, {middle['rate']:.1f} a second", end="; ")
    print(f"starting costs {middle['start']:.1f} s of it in all")
    print(f"  floor {middle['floor']:.1f} ms: fork {middle['fork']:.1f}, ", end="")
    print(f"load {middle['load']:.1f}, calls {middle['calls']:.1f}; pytest each {middle['pytest']:.0f} ms")
    print(f"  {above:.2f} × the floor (aim: {aim}), {below:.0f} times less than pytest (aim: 80)", flush=True)


def growth(sizes: list[int], jobs: int) -> None:
    """Print the cost of a submission and memory for batches of several sizes."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            batch = write_class(Path(folder), make_class((5,), "mixed", size))
            start, cost = grade(batch, jobs, min(os.listdir(batch))), grade(batch, jobs)
        each, rest = (MILLISECONDS * seconds / size for seconds in (cost.processor, cost.processor - start.processor))
        wall = MILLISECONDS * cost.wall / size
        print(
            f"{size:>6} submissions: {each:.2f} ms of processor time each, {rest:.2f} ms without starting, "
            f"{wall:.2f} ms by the clock, coordinator {cost.peak / 1024:.0f} MB",
            flush=True,
        )


def main() -> None:
    """Compare, or measure growth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=600)
    parser.add_argument("--pytest", type=int, default=8, help="how many of them pytest runs on")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--classes", default=",".join(CLASSES), help="default: %(default)s")
    parser.add_argument("--kinds", default=",".join(AIMS), help="default: %(default)s")
    parser.add_argument("--breakdown", action="store_true", help="say where the time goes, from one process")
    parser.add_argument("--growth", type=int, nargs="+")
    arguments = parser.parse_args()
    if arguments.growth:
        growth(arguments.growth, arguments.jobs)
        return
    for name in arguments.classes.split(","):
        for kind in arguments.kinds.split(","):
            compare(name, kind, arguments)


if __name__ == "__main__":
    main()
