"""How much slower is `pytest solutions/stage5` than a bare pytest run of as many trivial numpy tests?

    python benchmarks/pytest_front.py [--rounds 10]

Both run under the same interpreter and the same installed plugins, in turn; the figure is the median of the
ratios pair by pair. The aim is at most 1.3.
"""

from __future__ import annotations

import argparse
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


def main() -> None:
    """Print both medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
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
