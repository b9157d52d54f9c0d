"""How fast does `misstep grade` go behind the full wall, against a pytest process per submission?

    python benchmarks/grade.py [--submissions 1000] [--pytest 12] [--rounds 3] [--jobs 2]
    python benchmarks/grade.py --growth 100 1000 10000

The submissions are stage 5, each with one kept answer laid over the solution. Both are run in turn; the figure is
the median of the ratios round by round. `--growth` grades batches of these sizes and prints, for each, the time
per submission and the peak memory of the coordinating process.
"""

from __future__ import annotations

import argparse
import itertools
import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grader.course.pages import solutions_home
from grader.course.stored_answers import StoredAnswer, stored_answers

ROOT = Path(__file__).resolve().parent.parent
# A hang costs its time limit whoever runs it, and would drown what is measured here.
SLOW = re.compile(rb"while True|sleep")
GRADE = """
import resource, sys
from grader.frontends.cli import main
status = main(sys.argv[1:])
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(status)
"""


def make_batch(home: Path, count: int) -> Path:
    """`count` submissions of stage 5."""
    solutions = solutions_home()
    assert solutions is not None, "needs a clone"
    answers = [a for a in stored_answers(solutions) if a.stage.number == 5 and _is_quick(a)]
    for number, answer in zip(range(count), itertools.cycle(answers), strict=False):
        stage = home / f"student-{number:05}" / "stage5"
        stage.mkdir(parents=True)
        for stem, text in answer.files.items():
            (stage / f"{stem}.py").write_bytes(text)
    return home


def _is_quick(answer: StoredAnswer) -> bool:
    return not SLOW.search(answer.files[answer.stem])


def grade(batch: Path, jobs: int) -> tuple[float, int]:
    """Wall seconds of one `misstep grade` from start to end, and its coordinator's peak memory in kB."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", GRADE, "grade", str(batch), "--out", out, "--jobs", str(jobs)]
        began = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        return time.perf_counter() - began, int(done.stdout.split()[-1])


def pytest_each(batch: Path, count: int, jobs: int) -> float:
    """Wall seconds of `python -m pytest` in a process for each of the first `count` submissions, `jobs` at a time."""

    def one(path: Path) -> None:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path / "stage5")]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd=ROOT)

    began = time.perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, sorted(batch.iterdir())[:count]))
    return time.perf_counter() - began


def compare(arguments: argparse.Namespace) -> None:
    """Print both rates and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        batch = make_batch(Path(folder), arguments.submissions)
        rates = []
        for _ in range(arguments.rounds):
            ours = arguments.submissions / grade(batch, arguments.jobs)[0]
            theirs = arguments.pytest / pytest_each(batch, arguments.pytest, arguments.jobs)
            rates.append((ours, theirs))
            print(f"misstep grade {ours:.1f} a second; pytest in a process each {theirs:.2f} a second", flush=True)
    ratio = statistics.median(ours / theirs for ours, theirs in rates)
    rate = statistics.median(ours for ours, _ in rates)
    print(f"{arguments.jobs} jobs: {rate:.1f} submissions a second (aim: 60), {ratio:.1f} × pytest (aim: 12)")


def growth(sizes: list[int], jobs: int) -> None:
    """Print time per submission and memory for batches of several sizes."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            seconds, peak = grade(make_batch(Path(folder), size), jobs)
        each = 1000 * seconds / size
        print(f"{size:>6} submissions: {each:.2f} ms each, coordinator {peak / 1024:.0f} MB", flush=True)


def main() -> None:
    """Compare, or measure growth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--pytest", type=int, default=12, help="how many of them pytest runs on")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--growth", type=int, nargs="+")
    arguments = parser.parse_args()
    if arguments.growth:
        growth(arguments.growth, arguments.jobs)
    else:
        compare(arguments)


if __name__ == "__main__":
    main()
