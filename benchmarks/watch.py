"""How long a save takes to become a verdict in `misstep watch`: `python benchmarks/watch.py [SAVES]`.

From the write of the file to the answer of the warm process, by way of the same watcher and the same judge. The
yardstick is what a student would do without it: a run of pytest on the same file.
"""

from __future__ import annotations

import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from grader.course.catalogue import stage
from grader.frontends.watch.judge import Answer, Judge
from grader.frontends.watch.loop import saves

# An undocumented slip: its verdict must not wait until the line of it is found.
TURNED_ROUND = """import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    keys = np.concatenate([k_cache, k_new], axis=1)
    return keys, np.concatenate([v_new, v_cache], axis=1)
"""
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Save two solved exercises and a slip again and again, and print the median and the slowest."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home).resolve() / "stage5"
        shutil.copytree(ROOT / "solutions/stage5", folder, ignore=shutil.ignore_patterns("answers", "__pycache__"))
        for name in ("split_heads", "scaled_attention"):
            _measure(folder, name, count)
        (folder / "kv_cache.py").write_text(TURNED_ROUND, encoding="utf-8")
        _measure(folder, "update_kv_cache", count)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def _measure(folder: Path, name: str, count: int) -> None:
    exercise = stage(5).exercise(name)
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    judge, over, path = Judge({5: folder}, answers.put), threading.Event(), folder / f"{exercise.stem}.py"

    def watch() -> None:
        for _ in saves({folder}, {path}, over):
            judge.ask(exercise)

    threading.Thread(target=watch, daemon=True).start()
    judge.ask(exercise)
    while answers.get().more:
        pass
    time.sleep(0.5)
    seconds = []
    for number in range(count):
        started = time.monotonic()
        path.write_text(
            path.read_text(encoding="utf-8").partition("# save")[0] + f"# save {number}\n", encoding="utf-8"
        )
        answer = answers.get(timeout=20)
        seconds.append(time.monotonic() - started)
        assert answer.passed is (name != "update_kv_cache")
        while answer.more:
            answer = answers.get(timeout=20)
        time.sleep(0.1)
    over.set()
    judge.close()
    middle, by_hand = statistics.median(seconds), _pytest(path)
    print(f"{name}: median {middle:.3f} s, slowest {max(seconds):.3f} s, of {count} saves", end="; ")
    print(f"pytest on its file {by_hand:.2f} s, {by_hand / middle:.0f} times as long")


def _pytest(path: Path) -> float:
    """The shortest of three runs, in seconds."""
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)]
        subprocess.run(command, cwd=path.parent, stdout=subprocess.DEVNULL, check=False)
        seconds.append(time.monotonic() - started)
    return min(seconds)


if __name__ == "__main__":
    main()
