"""How long does each milestone take on one core?

    python benchmarks/milestone_times.py [--rounds 3]

Each is run with the solutions, in a process that may use one core alone, in turn with a yardstick: a process that loads
numpy and multiplies matrices of the GPT's size. Processor time is what counts; a busy machine makes the wall longer.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MILESTONES = (["3"], ["5"], ["6"], ["6", "--train"])
YARDSTICK = """
import numpy as np
x, w = np.ones((2048, 64)), np.ones((64, 64))
for _ in range(1000):
    np.exp(x @ w * 1e-3)
"""


def main() -> None:
    """Print seconds of processor time and of the wall, and how many yardsticks that is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"{'milestone':>12}   {'processor':>9}   {'wall':>7}   yardsticks")
    for words in MILESTONES:
        command = [sys.executable, "-m", "grader", "milestone", *words, str(ROOT / "solutions"), "--isolation", "none"]
        pairs = [
            (_timed([*command, "--seconds", "3600"]), _timed([sys.executable, "-c", YARDSTICK])) for _ in range(rounds)
        ]
        work, wall = (statistics.median(found[n] for found, _ in pairs) for n in (0, 1))
        ratio = statistics.median(found[0] / plain[0] for found, plain in pairs)
        print(f"{' '.join(words):>12}   {work:7.1f} s   {wall:5.1f} s   {ratio:.1f}", flush=True)


def _timed(command: list[str]) -> tuple[float, float]:
    """Seconds of processor time and of the wall. Raises CalledProcessError where a milestone finds something off."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return work, time.perf_counter() - began


if __name__ == "__main__":
    main()
