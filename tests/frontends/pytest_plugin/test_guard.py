"""Nothing that a student's code does ends a run without a board, or with exit status 0."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import Run

# Where xdist is there too, pytest-rerunfailures keeps a thread, and a run with threads is not forked.
ALONE = ("-p", "no:cacheprovider", "-p", "no:rerunfailures")
ENDS = {
    "heads": (
        "import os, signal\ndef split_heads(x, n_heads):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "def merge_heads(heads):\n    import ctypes\n    ctypes.string_at(0)\n"
    ),
    "kv_cache": "import os\nos._exit(0)\n",
    "causal_mask": "def causal_mask(seq_len):\n    from os import _exit\n    _exit(0)\n",
    "positions": (
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "def add_positions(e, p):\n    return sorted([1, 2], key=lambda _: add_positions(e, p))\n"
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="a run is guarded where forking is safe")
def test_a_run_survives_whatever_ends_its_process(run: Run, stage5: Path) -> None:
    for stem, text in ENDS.items():
        (stage5 / f"{stem}.py").write_text(text)
    done = run("pytest", stage5, *ALONE, cwd=stage5, fresh=True)
    assert done.returncode == 1
    assert "split_heads ended the process (SIGKILL" in done.stdout
    assert "Your code ended the process (a segmentation fault)" in done.stdout
    assert "Your code ended the process (exit status 0)" in done.stdout
    assert done.stdout.count("Stage 5 · ") == 1
    board = done.stdout.partition("Stage 5 · ")[2]
    rows = {line.split()[0]: line for line in board.splitlines() if "✓" in line or "!" in line}
    for exercise in ("split_heads", "merge_heads", "causal_mask", "update_kv_cache", "add_positions"):
        assert "✓" not in rows[exercise], board
    for exercise in ("scaled_attention", "causal_self_attention"):
        assert "!" not in rows[exercise], board
    assert "Fatal Python error" not in done.stderr


def test_what_ends_the_process_when_all_is_done_does_not_make_a_run_green(run: Run, stage5: Path) -> None:
    text = "import atexit, posix\natexit.register(posix._exit, 0)\ndef causal_mask(seq_len):\n    return 1\n"
    (stage5 / "causal_mask.py").write_text(text)
    done = run("pytest", stage5, *ALONE, cwd=stage5, fresh=True)
    assert done.returncode == 1
    assert "Stage 5 · " in done.stdout


def test_a_recursion_without_end_is_one_whatever_limit_is_set(run: Run, stage5: Path) -> None:
    text = "import sys\nsys.setrecursionlimit(10**9)\ndef causal_mask(seq_len):\n    return causal_mask(seq_len)\n"
    (stage5 / "causal_mask.py").write_text(text)
    done = run("pytest", stage5, *ALONE, cwd=stage5, fresh=True)
    assert done.returncode == 1
    assert "RecursionError" in done.stdout
