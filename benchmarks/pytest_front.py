"""How much slower is `pytest solutions/stage5` than a bare pytest run of as many trivial numpy tests?

    python benchmarks/pytest_front.py [--rounds 10] [--guard]

Both run under the same interpreter and the same installed plugins, in turn; the figure is the median of the
ratios pair by pair. The aim is at most 1.3. With `--guard`, the yardstick is the same run without the fork that guards
it against code that ends the process: processor time of both, the fork's included.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.course.catalogue import stage

ROOT = Path(__file__).resolve().parent.parent
TRIVIAL = """
import numpy as np
import pytest

@pytest.mark.parametrize("number", range({count}))
def test_zeros(number):
    assert not np.zeros(number).any()
"""


def seconds(target: Path) -> float:
    """Wall time of one pytest run in a process of its own."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - began


RUN = "import pytest, sys; from grader.frontends.pytest_plugin import guard; {}; sys.exit(pytest.main(sys.argv[1:]))"


def processor_seconds(change: str) -> float:
    """Processor time of one run of the solutions, with this change to the guard."""
    before = os.times()
    options = ["-q", "-p", "no:cacheprovider", str(ROOT / "solutions/stage5")]
    command = [sys.executable, "-c", RUN.format(change), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def measure_guard(rounds: int) -> None:
    """Print the processor time with the guard and without it, and the ratio."""
    pairs = [
        (processor_seconds("guard.is_safe"), processor_seconds("guard.is_safe = lambda config: False"))
        for _ in range(rounds)
    ]
    guarded, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"guarded: {guarded:.3f} s, without the guard: {bare:.3f} s of the processor; ratio {ratio:.2f}")


def main() -> None:
    """Print both medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--guard", action="store_true", help="what the guard of the process costs")
    given = parser.parse_args()
    rounds = given.rounds
    if given.guard:
        measure_guard(rounds)
        return
    count = sum(len(exercise.checks) for exercise in stage(5).exercises)
    with tempfile.TemporaryDirectory() as folder:
        trivial = Path(folder) / "test_trivial.py"
        trivial.write_text(TRIVIAL.format(count=count))
        ours = ROOT / "solutions" / "stage5"
        seconds(ours), seconds(trivial)
        pairs = [(seconds(ours), seconds(trivial)) for _ in range(rounds)]
    mine, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{count} checks: {mine:.3f} s; {count} trivial tests: {bare:.3f} s; ratio {ratio:.2f} (aim: 1.3)")


if __name__ == "__main__":
    main()
