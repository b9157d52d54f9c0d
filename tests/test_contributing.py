"""CONTRIBUTING.md adds a documented mistake by three edits; here they are made, word for word, in a copy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

STEP = re.compile(r"<!-- (append|create): (\S+) -->\n(`{3,})\w*\n(.*?)\n\3", re.DOTALL)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with the steps of CONTRIBUTING.md taken."""
    home = tmp_path_factory.mktemp("copy") / "misstep"
    for name in ("exercises", "solutions", "grader", "tests"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", home)
    for action, name, _, text in STEP.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        path = home / name
        assert path.exists() == (action == "append")
        with path.open("a", encoding="utf-8") as stream:
            stream.write(text + "\n")
    return home


def test_the_guide_takes_three_steps() -> None:
    assert len(STEP.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))) == 3


def test_the_new_mistake_is_named_and_nobody_else_is_accused(run: Run, copy: Path) -> None:
    command = ("pytest", "tests/test_matrix.py", "tests/course/test_pages.py", "-k", "positions or stage5", "-q")
    done = run(*command, "-p", "no:cacheprovider", cwd=copy)
    assert done.returncode == 0, done.stdout
    assert "loop_stops_early" in run(*command, "--collect-only", cwd=copy).stdout


def test_a_student_sees_its_block_and_its_page(run: Run, copy: Path, tmp_path: Path) -> None:
    stage = tmp_path / "stage5"
    shutil.copytree(copy / "solutions/stage5", stage, ignore=shutil.ignore_patterns("answers"))
    wrong = copy / "solutions/stage5/answers/positions/loop_stops_early.py"
    shutil.copy(wrong, stage / "positions.py")
    done = run("pytest", stage, cwd=copy)
    assert "5.11 Last token without a position" in done.stdout
    assert "exercises/stage5/MISTAKES.md#mistake-11" in done.stdout
    assert "Last token without a position" in run("grader", "explain", "5.11", cwd=copy).stdout
