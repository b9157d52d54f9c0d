"""Whatever a submission holds, it gets a status and a message of its own, and nobody else is touched by it."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from grader.course.points import Points
from grader.grading.examine import Settings
from grader.grading.grade import grade
from grader.grading.intake import read_submission
from grader.grading.reference import PUBLIC_SEED, find_reference
from grader.isolation.sandbox import Sandbox, open_sandbox
from tests.conftest import Run, checks_of, copy_stage

SETTINGS = Settings(PUBLIC_SEED, Points(), find_reference())
HEADS = (
    "import numpy as np\ndef merge_heads(heads):\n    b, h, t, d = heads.shape\n"
    "    return heads.transpose(0, 2, 1, 3).reshape(b, t, h * d)\n"
)

CASES: dict[str, tuple[str, str, str]] = {
    "syntax error": ("def split_heads(x, n_heads:\n", "error", "SyntaxError"),
    "null byte": ("x = 1\0\n", "error", "null byte"),
    "import error": ("import numpy.of_another_machine\n", "error", "ModuleNotFoundError"),
    "no such library": (
        "import another\ndef split_heads(x, n_heads):\n    return another.split(x)\n",
        "error",
        "This result needs another, which is not there",
    ),
    "missing function": ("x = 1\n", "error", "defines no function `split_heads`"),
    "misspelt function": ("def splitheads(x, n_heads):\n    return x\n", "error", "did you mean `split_heads`"),
    "no function": ("split_heads = 3\n", "error", "is not a function; its type is int"),
    "wrong signature": ("def split_heads(x):\n    return x\n", "error", "TypeError"),
    "a list": (HEADS + "def split_heads(x, n_heads):\n    return [[1.0]]\n", "wrong", "a list or tuple of 1 item"),
    "a generator": ("def split_heads(x, n_heads):\n    yield x\n", "wrong", "type generator"),
    "nothing": ("def split_heads(x, n_heads):\n    pass\n", "wrong", "None"),
    "an object array": (
        "import numpy as np\ndef split_heads(x, n_heads):\n    return np.array([None, x], dtype=object)\n",
        "wrong",
        "dtype object",
    ),
    "a tensor": (
        "class Tensor:\n    __module__ = 'torch'\n    shape = (1, 2, 3, 4)\n    def __array__(self): return 0\n"
        "def split_heads(x, n_heads):\n    return Tensor()\n",
        "wrong",
        "torch.Tensor",
    ),
    "exit": ("import sys\ndef split_heads(x, n_heads):\n    sys.exit(0)\n", "error", "SystemExit"),
    "exit on import": ("raise SystemExit(0)\n", "error", "SystemExit"),
    "not filled in": ("def split_heads(x, n_heads):\n    raise NotImplementedError\n", "todo", ""),
    "recursion": ("def split_heads(x, n_heads):\n    return split_heads(x, n_heads)\n", "error", "RecursionError"),
}


@pytest.fixture(scope="module")
def sandbox() -> Any:
    with open_sandbox("auto") as opened:
        yield opened


def judged(sandbox: Sandbox, home: Path, time_limit: float = 10.0) -> dict[tuple[str, str], Any]:
    """The verdicts of a submission behind the wall, by exercise and label."""
    graded = grade(read_submission(home), sandbox, SETTINGS, time_limit=time_limit)
    return {(verdict.exercise, verdict.label): verdict for verdict in graded.result.checks}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_has_a_status_and_a_message(sandbox: Sandbox, stage5: Path, case: str) -> None:
    text, status, message = CASES[case]
    (stage5 / "heads.py").write_text(text)
    found = judged(sandbox, stage5.parent)
    verdict = found["split_heads", "general"]
    assert verdict.status == status
    assert message in verdict.message
    assert found["split_heads", "5.4"].status in (status, "blocked")
    others = [v for (exercise, _), v in found.items() if exercise not in ("split_heads", "merge_heads")]
    assert others
    assert all(verdict.passed for verdict in others)


def test_a_pair_that_is_too_short(sandbox: Sandbox, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text("def scaled_attention(q, k, v, mask=None):\n    return (q,)\n")
    found = judged(sandbox, stage5.parent)
    assert found["scaled_attention", "general"].status == "wrong"
    assert "2 results are asked" in found["scaled_attention", "general"].message
    assert not any(v.passed for (exercise, _), v in found.items() if exercise == "scaled_attention")


def test_prints_and_warnings_change_nothing(sandbox: Sandbox, stage5: Path) -> None:
    noise = (
        "\nimport warnings, sys, logging\nwarnings.simplefilter('error')\n_right = split_heads\n"
        "def split_heads(x, n_heads):\n    print('noise ' * 200_000)\n    print('x', file=sys.stderr)\n"
        "    warnings.warn('careful')\n    np.zeros(2) / np.zeros(2)\n    logging.error('!')\n"
        "    return _right(x, n_heads)\n"
    )
    with (stage5 / "heads.py").open("a") as stream:
        stream.write(noise)
    assert all(verdict.passed for verdict in judged(sandbox, stage5.parent).values())


def test_a_missing_file_costs_its_own_exercises(sandbox: Sandbox, stage5: Path) -> None:
    (stage5 / "kv_cache.py").unlink()
    found = judged(sandbox, stage5.parent)
    assert {v.status for (exercise, _), v in found.items() if exercise == "update_kv_cache"} == {"error"}
    assert "kv_cache.py is missing" in found["update_kv_cache", "general"].message
    assert all(v.passed for (exercise, _), v in found.items() if exercise != "update_kv_cache")


def test_a_hang_costs_its_own_exercise_and_no_more_than_the_limit(sandbox: Sandbox, stage5: Path) -> None:
    (stage5 / "causal_mask.py").write_text("def causal_mask(seq_len):\n    while True: pass\n")
    began = time.monotonic()
    found = judged(sandbox, stage5.parent, time_limit=3.0)
    assert time.monotonic() - began < 20.0
    assert {v.status for (exercise, _), v in found.items() if exercise == "causal_mask"} == {"timeout"}
    assert all(v.passed for (exercise, _), v in found.items() if exercise != "causal_mask")


def test_hangs_everywhere_stay_within_the_limit(sandbox: Sandbox, stage5: Path) -> None:
    for path in stage5.glob("*.py"):
        path.write_text("import time\ntime.sleep(1000)\n")
    began = time.monotonic()
    found = judged(sandbox, stage5.parent, time_limit=2.0)
    assert time.monotonic() - began < 12.0
    assert {verdict.status for verdict in found.values()} == {"timeout"}


@pytest.mark.skipif(os.name != "posix", reason="links and FIFOs are made the POSIX way")
def test_what_is_no_regular_file_counts_as_missing(sandbox: Sandbox, stage5: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text((stage5 / "heads.py").read_text())
    for name in ("heads", "kv_cache", "positions", "causal_mask"):
        (stage5 / f"{name}.py").unlink()
    (stage5 / "heads.py").symlink_to(outside)
    os.mkfifo(stage5 / "kv_cache.py")
    (stage5 / "positions.py").mkdir()
    (stage5 / "causal_mask.py").symlink_to("/dev/zero")
    found = judged(sandbox, stage5.parent)
    for exercise in ("split_heads", "update_kv_cache", "add_positions", "causal_mask"):
        assert found[exercise, "general"].status == "error", exercise
        assert "missing" in found[exercise, "general"].message or "cannot be read" in found[exercise, "general"].message
    assert found["scaled_attention", "general"].passed


def test_a_huge_source_is_refused(sandbox: Sandbox, stage5: Path) -> None:
    (stage5 / "heads.py").write_bytes(b"#" * 50_000_000)
    found = judged(sandbox, stage5.parent)
    assert "larger than" in found["split_heads", "general"].message
    assert found["causal_mask", "general"].passed


def test_nothing_of_a_submission_reaches_a_message_unescaped(sandbox: Sandbox, stage5: Path) -> None:
    (stage5 / "heads.py").write_text(
        "def split_heads(x, n_heads):\n    raise ValueError('\\x1b[31mred\\r\\n::error::x \\u202e' + 'y' * 5000)\n"
    )
    message = judged(sandbox, stage5.parent)["split_heads", "general"].message
    assert message.isprintable()
    assert "\\x1b" in message
    assert len(message) < 1500


def test_a_student_run_ends_though_the_code_does_not(run: Run, stage5: Path) -> None:
    (stage5 / "causal_mask.py").write_text(
        "def causal_mask(seq_len):\n    while True:\n        try:\n            pass\n"
        "        except Exception:\n            pass\n"
    )
    done = run("pytest", stage5, "--misstep-timeout", "1", cwd=stage5)
    assert done.returncode == 1
    assert "Your code did not answer in time" in done.stdout
    assert re.search(r"causal_mask\.py:[2-6] in causal_mask", done.stdout)
    assert "Stage 5" in done.stdout


def test_a_loop_that_swallows_every_exception_costs_its_own_exercise(run: Run, stage5: Path) -> None:
    (stage5 / "causal_mask.py").write_text(
        "def causal_mask(seq_len):\n    while True:\n        try:\n            while True:\n                pass\n"
        "        except:\n            pass\n"
    )
    done = run("pytest", stage5, "--misstep-timeout", "1", cwd=stage5)
    assert done.returncode == 1
    assert "Your code did not answer in time" in done.stdout
    mine, whole = len(checks_of(5, "causal_mask")), len(checks_of(5))
    assert f"{whole - mine} of {whole} points" in done.stdout


def test_a_loop_that_nothing_ends_is_named_when_the_run_ends(run: Run, stage5: Path) -> None:
    lines = ["while True:", " pass"]
    for _ in range(3):
        lines = ["while True:", " try:", *(f"  {line}" for line in lines), " except:", "  pass"]
    (stage5 / "causal_mask.py").write_text("\n ".join(["def causal_mask(seq_len):", *lines]))
    done = run("pytest", stage5, "--misstep-timeout", "1", cwd=stage5)
    assert done.returncode == 1
    assert "causal_mask.py swallows every exception" in done.stderr


def test_a_student_run_survives_exits_noise_and_syntax_errors(run: Run, tmp_path: Path) -> None:
    stage5 = copy_stage(5, tmp_path)
    (stage5 / "heads.py").write_text("import sys\ndef split_heads(x, n_heads):\n    sys.exit(3)\ndef join(x): pass\n")
    (stage5 / "positions.py").write_text("def add_positions(:\n")
    skip = "print('noise ' * 200_000)\nimport pytest\npytest.skip('all fine', allow_module_level=True)\n"
    (stage5 / "kv_cache.py").write_text(skip)
    (stage5 / "causal_mask.py").unlink()
    done = run("pytest", stage5, cwd=stage5)
    assert done.returncode == 1
    for text in ("SystemExit", "SyntaxError", "defines no function `update_kv_cache`", "causal_mask.py is missing"):
        assert text in done.stdout, text
    assert "Your code cannot be run" in done.stdout
    assert str(tmp_path) not in done.stdout.partition(" stage 5 ")[2]
    assert len(done.stdout) < 20_000
    assert max(map(len, done.stdout.partition(" stage 5 ")[2].splitlines())) <= 80
    assert "skipped" not in done.stdout.splitlines()[-1]


def test_an_interrupt_in_one_cell_costs_no_other_cell(sandbox: Sandbox, stage5: Path) -> None:
    cells = ["raise KeyboardInterrupt", *(path.read_text() for path in sorted(stage5.glob("*.py")))]
    notebook = {"cells": [{"cell_type": "code", "source": cell, "metadata": {}} for cell in cells]}
    home = stage5.parent.parent / "notebook"
    home.mkdir()
    (home / "stage5.ipynb").write_text(json.dumps(notebook))
    assert all(verdict.passed for verdict in judged(sandbox, home).values())
