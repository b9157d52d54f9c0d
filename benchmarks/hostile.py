"""Does anybody pay for another? A class with hostile submissions in it against the same class without them.

    python benchmarks/hostile.py [--submissions 200] [--hostile 20] [--jobs 2] [--timeout 10]

Prints whether the lines of the honest are the same bytes, the wall time of both runs, what the time limits of the
hostile ones allow beyond it, and the peak memory of every kind of process. Linux only.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.submissions import make_class, write_class  # noqa: E402
from tests.attacks.making import Attack, all_attacks  # noqa: E402

LOOK_SECONDS = 0.1


@dataclass
class Run:
    """One `misstep grade`: its lines by submission, wall seconds, exit status, peak memory in MB by kind of process."""

    lines: dict[str, str]
    seconds: float
    status: int
    peaks: dict[str, float]


def chosen(count: int) -> list[Attack]:
    """Attacks of every status in turn."""
    by_status = defaultdict(list)
    for attack in all_attacks():
        if attack.folder is None:
            by_status[attack.status].append(attack)
    mixed = itertools.chain.from_iterable(itertools.zip_longest(*by_status.values()))
    return [attack for attack in mixed if attack is not None][:count]


def run(batch: Path, arguments: argparse.Namespace) -> Run:
    """Grade a batch and look at the processes meanwhile."""
    with tempfile.TemporaryDirectory() as out:
        # No line is searched for: how far a search comes depends on the load, and lines are compared to the byte.
        options = ["--jobs", arguments.jobs, "--timeout", arguments.timeout, "--seed", 4711, "--line-seconds", 0]
        command = [sys.executable, "-m", "grader", "grade", batch, "--out", out, *options]
        began = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], cwd=ROOT, stdout=subprocess.DEVNULL)
        peaks: dict[str, float] = defaultdict(float)
        while process.poll() is None:
            for kind, megabytes in memory(process.pid):
                peaks[kind] = max(peaks[kind], megabytes)
            time.sleep(LOOK_SECONDS)
        seconds = time.perf_counter() - began
        lines = (Path(out) / "results.jsonl").read_text().splitlines()
        return Run({json.loads(line)["submission"]: line for line in lines}, seconds, process.returncode, peaks)


def memory(root: int) -> Iterator[tuple[str, float]]:
    """The peak memory of each process below `root` so far, by what it is: by how far down it stands."""
    kinds = ("coordinator", "grading process", "worker", "submission")
    waiting = [(root, 0)]
    while waiting:
        pid, depth = waiting.pop()
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            continue
        words = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if "VmHWM" in words:
            yield kinds[min(depth, 3)], int(words["VmHWM"].split()[0]) / 1024
        waiting += [(int(child), depth + 1) for child in below]


def main() -> None:
    """Grade both classes, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--hostile", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=10.0)
    arguments = parser.parse_args()
    attacks = chosen(arguments.hostile)
    with tempfile.TemporaryDirectory() as folder:
        batch = write_class(Path(folder) / "class", make_class((5,), "mixed", arguments.submissions - len(attacks)))
        alone = run(batch, arguments)
        for attack in attacks:
            attack.lay(batch / f"hostile-{attack.status}-{attack.name}")
        mixed = run(batch, arguments)
    other = [name for name, line in alone.lines.items() if mixed.lines.get(name) != line]
    allowed = arguments.timeout * len(attacks) / arguments.jobs
    print(f"{len(alone.lines)} honest alone: {alone.seconds:.1f} s; with {len(attacks)} hostile: {mixed.seconds:.1f} s")
    print(f"{mixed.seconds - alone.seconds:.1f} s more, {allowed:.0f} s are what the limits of the hostile ones allow")
    print(f"lines that are not the same: {len(other)} {other[:5]}; exit status {alone.status} and {mixed.status}")
    print(f"hostile without a verdict: {len(attacks) - (len(mixed.lines) - len(alone.lines))}")
    for kind, megabytes in mixed.peaks.items():
        print(f"peak of a {kind}: {megabytes:.0f} MB (alone: {alone.peaks.get(kind, 0):.0f} MB)")


if __name__ == "__main__":
    main()
