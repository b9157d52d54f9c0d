"""`check` in a notebook's own kernel, and nbgrader's stock execution, which runs it there."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("nbgrader")

from grader.frontends.notebooks.kernel import UNSAFE, NotPassed, check
from tests.frontends.notebooks.conftest import Command, copied, scores
from tests.frontends.notebooks.students import ASSIGNMENT, PATCHES, Class, cell, read

# The students' functions, as this module's namespace has them.
calls: list[int] = []


def causal_mask(seq_len: int) -> np.ndarray:
    """Right, and noisy about it."""
    calls.append(seq_len)
    print("so far so good")
    print("complaint", file=sys.stderr)
    return np.triu(np.full((seq_len, seq_len), -np.inf), k=1)


def merge_heads(heads: np.ndarray) -> np.ndarray:
    """5.5: the heads are averaged."""
    return heads.mean(axis=1)


def split_heads(x: np.ndarray, n_heads: int) -> np.ndarray:
    """Raises."""
    return x[n_heads, "nonsense"]


def add_positions(embeddings: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Not begun."""
    raise NotImplementedError


def test_a_right_function_passes_and_nothing_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    check("causal_mask", "5.1")
    check("causal_mask")
    told = capsys.readouterr()
    assert "5.1: passed" in told.out
    assert told.err == ""
    assert "complaint" not in told.out
    assert calls


def test_a_mistake_is_shown_and_then_raised(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotPassed, match=r"5\.5") as raised:
        check("merge_heads", "5.5")
    told = capsys.readouterr().out
    assert "MISTAKES.md#mistake-5" in told
    assert raised.value._render_traceback_() == [str(raised.value)]
    assert "averag" in told or "mean" in told


def test_an_exception_a_stub_and_a_missing_function_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    for name, said in (
        ("split_heads", "raised an exception"),
        ("add_positions", "not filled in"),
        ("update_kv_cache", "is not defined"),
    ):
        with pytest.raises(NotPassed):
            check(name)
        assert said in capsys.readouterr().out


def test_a_check_that_does_not_exist_is_said() -> None:
    with pytest.raises(ValueError, match=r"there is no check 5\.9 of an exercise 'causal_mask'"):
        check("causal_mask", "5.9")


@pytest.fixture(scope="module")
def stock(handed_in: Path, command: Command) -> tuple[Path, str]:
    """A small class, graded by nbgrader's stock execution, and what the command said."""
    course = copied(handed_in, "stock")
    config = course / "nbgrader_config.py"
    line = "c.Autograde.autograde_preprocessors = misstep.{}()"
    assert line.format("behind_the_wall") in config.read_text()
    config.write_text(config.read_text().replace(line.format("behind_the_wall"), line.format("in_the_kernel")))
    for path in (course / "submitted").iterdir():
        if path.name not in ("right", "mask-after", "patches"):
            path.rename(course / path.name)
    everyone = Class(course)

    def noisy(notebook: dict[str, Any]) -> None:
        place = cell(notebook, "stage5-add_positions")
        place["source"] += (
            "\n\nimport sys, warnings\nplain_positions = add_positions\n"
            "def add_positions(embeddings, positions):\n    warnings.warn('careful')\n"
            "    print('noise', file=sys.stderr)\n    np.float64(1) / 0\n"
            "    return plain_positions(embeddings, positions)\n"
        )

    everyone.hand_in("noisy", everyone.solved_but(noisy))
    done = command(course, "nbgrader", "autograde", ASSIGNMENT)
    return course, done.stdout + done.stderr


@pytest.mark.long
def test_stock_execution_gives_honest_students_the_same_grades(stock: tuple[Path, str], graded: Path) -> None:
    mine, walled = scores(stock[0]), scores(graded)
    assert mine["right"] == walled["right"]
    assert mine["mask-after"] == walled["mask-after"]


@pytest.mark.long
def test_warnings_and_stderr_cost_nothing_even_in_the_kernel(stock: tuple[Path, str], graded: Path) -> None:
    assert scores(stock[0])["noisy"] == scores(graded)["right"]


@pytest.mark.long
def test_stock_execution_says_what_it_cannot_promise(stock: tuple[Path, str], graded: Path) -> None:
    course, said = stock
    assert UNSAFE in said
    notebook = (course / f"autograded/right/{ASSIGNMENT}/{ASSIGNMENT}.ipynb").read_text()
    assert notebook.count(UNSAFE) == 2  # once displayed, in both forms
    # And so it is: who patches the helper gets full marks there, and none behind the wall.
    assert scores(course)["patches"] == scores(graded)["right"]
    assert set(scores(graded)["patches"].values()) == {0.0}
    assert "def check" in PATCHES


@pytest.mark.long
def test_feedback_is_displayed_before_the_failure_and_without_our_lines(stock: tuple[Path, str]) -> None:
    notebook = read(stock[0], "autograded/mask-after")
    shown, error = cell(notebook, "stage5-scaled_attention-5_9")["outputs"]
    page = "".join(shown["data"]["text/html"])
    assert 'href="MISTAKES.html#mistake-9"' in page
    assert "misstep-picture" in page
    assert re.search(r"In \[\d+\], line \d+", page)
    assert error["traceback"] == ["5.9: Mask applied after softmax"]
    assert "hidden" not in json.dumps([shown, error])
