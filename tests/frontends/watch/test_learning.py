"""Hints, pages, stubs, and what pytest says comes next."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

AFTER = "import numpy as np\n\ndef split_heads(x, n_heads):\n    return x\n\n\ndef merge_heads(heads):\n    return 3\n"


@pytest.fixture
def cli(tmp_path: Path) -> Path:
    """A student's folder with untouched stubs of stage 5."""
    shutil.copytree(ROOT / "exercises/stage5", tmp_path / "exercises/stage5")
    return tmp_path


def test_hints_come_one_by_one_and_are_remembered(run: Run, misstep: Run, cli: Path) -> None:
    said = [misstep("hint", "5.9", cwd=cli).stdout for _ in range(3)] + [run("grader", "hint", "5.9", cwd=cli).stdout]
    assert [f"hint {n} of 3" in text for n, text in zip((1, 2, 3, 3), said, strict=True)] == [True] * 4
    assert "hint 1 of 3" in misstep("hint", "5.9", "--step", "1", cwd=cli).stdout
    assert json.loads((cli / ".misstep/progress.json").read_text())["hints"] == {"5.9": 3}
    assert (cli / ".misstep/.gitignore").read_text() == "*\n"
    (cli / ".misstep/progress.json").write_text('{"met": ["5.9", "3.1"]}')
    assert [line.split()[2] for line in misstep("hint", cwd=cli).stdout.splitlines()] == ["3.1", "5.9"]
    shutil.rmtree(cli / ".misstep")
    assert "Give its id" in misstep("hint", cwd=cli).stderr
    assert "hint 2 of 3" in misstep("hint", "5.9", "--step", "2", cwd=cli).stdout


@pytest.mark.parametrize("content", ["", "[]", "{", '{"hints": 3, "met": 5, "done": null}', '{"hints": {"5.9": "x"}}'])
def test_a_broken_memory_counts_as_none(misstep: Run, cli: Path, content: str) -> None:
    (cli / ".misstep").mkdir()
    (cli / ".misstep/progress.json").write_text(content)
    done = misstep("hint", "5.9", cwd=cli)
    assert (done.returncode, done.stderr) == (0, "")
    assert "hint 1 of 3" in done.stdout


def test_what_is_no_mistake_is_refused_in_one_line(misstep: Run, cli: Path) -> None:
    for arguments in (["hint", "5.99"], ["hint", "x"], ["hint", "5.9", "--step", "4"], ["explain", "9"]):
        done = misstep(*arguments, cwd=cli)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1


def test_pages_are_found_by_words_in_any_order_and_spelling(misstep: Run, cli: Path) -> None:
    found = misstep("explain", "NaN", "mask", cwd=cli).stdout
    assert "5.12" in found
    assert found == misstep("explain", "nan mask", cwd=cli).stdout
    assert "no page holds" in misstep("explain", "zyzzyva", cwd=cli).stderr


def test_a_stage_and_a_page(misstep: Run, cli: Path) -> None:
    listed = misstep("explain", "5", cwd=cli).stdout.splitlines()
    assert listed[0].startswith("5.1 ")
    assert all(line.startswith("5.") for line in listed)
    page = misstep("explain", "5.9", cwd=cli).stdout
    assert page.startswith("# 5.9 · ")
    assert "```python" in page, "a pipe gets plain Markdown"
    assert "\x1b" not in page


def test_the_index_marks_what_pytest_named(run: Run, misstep: Run, cli: Path) -> None:
    (cli / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (cli / "exercises/stage5/heads.py").write_text(
        "def split_heads(x, n):\n    B, T, D = x.shape\n    return x.reshape(B, n, T, D // n)\n"
    )
    run("pytest", "exercises/stage5/heads.py", cwd=cli)
    marked = [line for line in misstep("explain", cwd=cli).stdout.splitlines() if "you met it" in line]
    assert [line.split()[0] for line in marked] == ["5.13"]


def test_reset_changes_one_function_and_keeps_the_file(misstep: Run, cli: Path) -> None:
    heads = cli / "exercises/stage5/heads.py"
    heads.write_text(AFTER)
    done = misstep("reset", "split_heads", cwd=cli)
    # This checkout's own stubs stand for the installation's.
    assert done.returncode == 0, done.stderr
    text = heads.read_text()
    assert "raise NotImplementedError" in text
    assert text.endswith("def merge_heads(heads):\n    return 3\n")
    assert text.startswith("import numpy as np\n")
    assert (cli / "exercises/stage5/heads.py.kept-1").read_text() == AFTER
    heads.write_text("def split_heads(x:\n")
    assert misstep("reset", "split_heads", cwd=cli).returncode == 0
    assert heads.read_text() == (ROOT / "exercises/stage5/heads.py").read_text()
    assert (cli / "exercises/stage5/heads.py.kept-2").read_text() == "def split_heads(x:\n"


def test_reset_says_what_there_is(misstep: Run, cli: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert "there are causal_mask" in misstep("reset", "split", cwd=cli).stderr
    empty = tmp_path_factory.mktemp("empty")
    assert "there are no exercises here" in misstep("reset", "split_heads", cwd=empty).stderr


def last_but_one(text: str) -> str:
    return text.splitlines()[-2].strip()


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def test_pytest_ends_with_what_is_next(run: Run, cli: Path) -> None:
    folder = cli / "exercises/stage5"
    for path in (ROOT / "solutions/stage5").glob("*.py"):
        shutil.copy(path, folder)
    shutil.copy(ROOT / "exercises/stage5/heads.py", folder)
    done = run("pytest", "exercises/stage5", cwd=cli).stdout
    assert last_but_one(done) == "next: split_heads · pytest exercises/stage5/heads.py"
    assert "misstep milestone" not in done
    done = run("pytest", "exercises/stage5/causal_mask.py", cwd=cli).stdout
    assert last_but_one(done) == "next: scaled_attention · pytest exercises/stage5/scaled_attention.py"
    shutil.copy(ROOT / "solutions/stage5/heads.py", folder)
    done = run("pytest", "exercises/stage5", cwd=cli).stdout
    assert last_but_one(done) == "stage 5 is finished"
    assert "your functions together: misstep milestone 5" in done
    quiet = run("pytest", "-q", "exercises/stage5", cwd=cli).stdout
    assert "passed" in last_line(quiet)
    assert not [word for word in ("next:", "finished", "milestone") if word in quiet]
    done = run("pytest", "exercises/stage5", "-k", "general", cwd=cli).stdout
    assert last_but_one(done) == "next: all of stage 5 · pytest exercises/stage5"
