"""How long does `misstep grade` take to re-weigh a class that is graded already?

    python benchmarks/reweigh.py [--submissions 1000] [--rounds 5] [--batch DIR --out OUT]

The class is graded once, which takes minutes (`--out` keeps it for the next time). Then `[points]` is changed and the
same command given again, in turn with a yardstick: a process that reads every stored row as JSON, writes rows and file
anew, and does nothing else. The figure is the median of the ratios round by round.
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from submissions import make_class, write_class

YARDSTICK = """
import json, sqlite3, sys
base = sqlite3.connect(sys.argv[1] + "/results.sqlite")
rows = base.execute("SELECT name, key, result, detail FROM results").fetchall()
again = lambda text: json.dumps(json.loads(text))
read = [(name, key, again(result), again(detail)) for name, key, result, detail in rows]
copy = sqlite3.connect(sys.argv[2])
copy.execute("CREATE TABLE results (name BLOB PRIMARY KEY, key TEXT, result TEXT, detail TEXT)")
copy.executemany("INSERT INTO results VALUES (?, ?, ?, ?)", read)
copy.commit()
with open(sys.argv[2] + ".jsonl", "w") as out:
    out.writelines(result + "\\n" for _, _, result, _ in read)
"""


def main() -> None:
    """Print seconds of wall and processor time, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=Path, help="a batch that is there already")
    parser.add_argument("--out", type=Path, help="its results, or where to keep them")
    args = parser.parse_args()
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        batch = args.batch or write_class(home / "batch", make_class((5,), "all", args.submissions))
        out = args.out or home / "out"
        if not (out / "results.sqlite").is_file():
            _grade(batch, out, home, 1)
        rounds = [_round(batch, out, home, number) for number in range(1, args.rounds + 1)]
    for name, place in (("re-weigh", 0), ("yardstick", 1)):
        walls, works = zip(*(found[place] for found in rounds), strict=True)
        print(f"{name:>9}: {statistics.median(walls):.2f} s wall, {statistics.median(works):.2f} s processor time")
    ratio = statistics.median(weigh[1] / yard[1] for weigh, yard in rounds)
    print(f"ratio of processor time: {ratio:.1f}")


def _round(batch: Path, out: Path, home: Path, number: int) -> list[tuple[float, float]]:
    weighed = _timed(lambda: _grade(batch, out, home, number))
    copy = home / f"copy-{number}"
    return [weighed, _timed(lambda: _run([sys.executable, "-c", YARDSTICK, str(out), str(copy)]))]


def _grade(batch: Path, out: Path, home: Path, number: int) -> None:
    points = home / "misstep.toml"
    points.write_text(f"[points]\ngeneral = {1 + number}\n")
    options = ["--line-seconds", "0", "--points", str(points)]
    _run([sys.executable, "-m", "grader", "grade", str(batch), "--out", str(out), *options])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _timed(act: object) -> tuple[float, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    act()  # type: ignore[operator]
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
