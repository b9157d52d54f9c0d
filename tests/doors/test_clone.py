"""A student's clone: whatever they break in it costs the exercise that it belongs to, and nothing of ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.course.catalogue import stage
from tests.conftest import ROOT, STALE, Run
from tests.warm import BARE

EXERCISES = tuple(f" {exercise.name} " for exercise in stage(5).exercises)
BROKEN = {
    "a syntax error": (b"import numpy as np\n\ndef split_heads(x, n_heads:\n    return x\n", "SyntaxError"),
    "a null byte": (b"x = 1\0\n", "null byte"),
    "a conflict of git": (b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n", "SyntaxError"),
    "no text at all": (bytes(range(256)) * 4, "heads.py"),
}


def test_a_syntax_error_is_shown_with_file_line_and_caret(run: Run, clone: Path) -> None:
    (clone / "exercises/stage5/heads.py").write_text("import numpy as np\n\ndef f(x):\n    return x +* 2\n")
    done = run("pytest", "exercises/stage5", "-p", "no:cacheprovider", cwd=clone, modules=BARE)
    assert "SyntaxError: invalid syntax (line 4)" in done.stdout
    lines = done.stdout.splitlines()
    place = lines.index("          return x +* 2")
    assert lines[place - 1].strip() == "heads.py:4"
    assert lines[place + 1].index("^") == lines[place].index("*")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The repository as a student has it, stage 5 solved."""
    home = tmp_path / "misstep"
    for name in ("exercises", "grader"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns(STALE))
    for path in (ROOT / "solutions/stage5").glob("*.py"):
        shutil.copy(path, home / "exercises/stage5")
    shutil.copy(ROOT / "pyproject.toml", home)
    return home


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_costs_its_own_exercises(run: Run, clone: Path, case: str) -> None:
    content, said = BROKEN[case]
    (clone / "exercises/stage5/heads.py").write_bytes(content)
    done = run("pytest", "exercises/stage5", "-p", "no:cacheprovider", cwd=clone, modules=BARE)
    assert done.returncode == 1
    assert "INTERNALERROR" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout
    assert said in done.stdout
    board = [line for line in done.stdout.splitlines() if line.startswith(EXERCISES)]
    assert len(board) == len(EXERCISES)
    assert [line.split()[0] for line in board if "✓" not in line or "!" in line] == ["split_heads", "merge_heads"]


def test_a_broken_page_changes_no_word_of_feedback(run: Run, clone: Path) -> None:
    stage = clone / "exercises/stage5"
    (stage / "kv_cache.py").write_text(
        "def update_kv_cache(k_cache, v_cache, k_new, v_new):\n    return k_new, v_new\n"
    )
    before = run("pytest", "exercises/stage5", "-p", "no:cacheprovider", cwd=clone, modules=BARE)
    assert "5.10" in before.stdout
    for text in (b"\xff\xfe## Mistake 1", b"## Mistake 10\n\n**5.10 \xc2\xb7 Mine**\n"):
        (stage / "MISTAKES.md").write_bytes(text)
        after = run("pytest", "exercises/stage5", "-p", "no:cacheprovider", cwd=clone, modules=BARE)
        assert (
            after.stdout.partition(" stage 5 ")[2].rpartition(" in ")[0]
            == (before.stdout.partition(" stage 5 ")[2].rpartition(" in ")[0])
        )
    (stage / "MISTAKES.md").unlink()
    told = run("grader", "explain", "5.10", cwd=clone, modules=BARE)
    assert told.returncode == 2
    assert "MISTAKES.md" in told.stderr


def test_a_renamed_parameter_does_not_rename_ours(run: Run, clone: Path) -> None:
    text = "def split_heads(mine, h):\n    raise ValueError('no')\n"
    (clone / "exercises/stage5/heads.py").write_text(text)
    done = run("pytest", "exercises/stage5", "-p", "no:cacheprovider", cwd=clone, modules=BARE)
    assert "called with x " in done.stdout
    assert "called with mine" not in done.stdout
