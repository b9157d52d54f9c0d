"""Undocumented wrong answers are grouped by what is wrong with them, and a group becomes a draft."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from grader.course.catalogue import stage
from grader.grading.one_change.slip import of_change, of_result
from grader.results.slips import slips
from grader.results.verdict import Verdict
from tests.conftest import Run, copy_stage

CACHE = """import numpy as np

def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if {old} is None:
        return k_new, v_new
    keys = np.concatenate([k_cache, k_new], axis=1)
    return keys, np.concatenate([v_new, v_cache], axis=1)
"""


def wrong(slip: str = "", **changes: object) -> Verdict:
    values = {"id": None, "exercise": "heads", "stage": 5, "status": "wrong", "points": 0, "max_points": 1}
    return Verdict(**{**values, "slip": slip, **changes})  # type: ignore[arg-type]


def test_a_change_is_the_same_under_other_names_and_spaces() -> None:
    assert of_change("[k_new, k_cache]", "[k_cache, k_new]") == of_change("[ new,  old ]", "[old, new]")
    assert of_change("x @ w_q", "x @ w_k") != of_change("x @ w_q", "w_k @ x")
    assert of_change("a.sum(axis=0)", "a.sum(axis=1)") != of_change("a.max(axis=0)", "a.max(axis=1)")


def test_results_are_the_same_up_to_rounding_and_a_sign_of_zero() -> None:
    x = np.array([[1.0, -0.0], [2.5, 3.0]])
    assert of_result([x, 1.0]) == of_result([x + 1e-12, 1.0])
    assert of_result(x) != of_result(x.ravel())
    assert of_result(x) != of_result(x + 0.01)
    assert of_result([x]) != of_result(x)


def test_groups_come_largest_first_and_what_a_mistake_explains_is_in_none() -> None:
    named = [wrong("a"), wrong(id="5.4", status="mistake")]
    details = [("ada", [wrong("b")]), ("bo", [wrong("a")]), ("cy", [wrong("a")]), ("di", named), ("ed", [wrong()])]
    found = slips(details)
    assert [slip.students for slip in found] == [("bo", "cy"), ("ada",), ("ed",)]


def test_a_class_is_grouped_and_a_group_becomes_a_draft(tmp_path: Path, run: Run) -> None:
    for name, old in (("ada", "k_cache"), ("bo", "v_cache")):
        (copy_stage(5, tmp_path / "class" / name) / "kv_cache.py").write_text(CACHE.format(old=old))
    copy_stage(5, tmp_path / "class" / "right")
    options = ("--out", tmp_path / "out", "--line-seconds", "60", "--timeout", "60", "--jobs", "2")
    assert run("grader", "grade", tmp_path / "class", *options).returncode == 0
    shown = run("grader", "slips", tmp_path / "out").stdout
    assert "1. update_kv_cache (stage 5): 2 × — ada, bo" in shown
    assert "In line 7: " in shown
    command = ("draft-mistake", tmp_path / "out", "1", "--batch", tmp_path / "class", "--to", tmp_path / "draft")
    done = run("grader", *command)
    assert done.returncode == 0, done.stderr
    number = 1 + max(int(page.partition(".")[2]) for page in stage(5).pages)
    page = (tmp_path / "draft/exercises/stage5/MISTAKES.md").read_text()
    assert re.search(rf"^## Mistake {number}$", page, re.MULTILINE)
    answers = sorted((tmp_path / "draft/solutions/stage5/answers/kv_cache").glob("*.py"))
    assert [path.read_text().partition("\n")[0] for path in answers] == [f"# shows: update_kv_cache 5.{number}"] * 2
    assert "is there already" in run("grader", *command).stderr
    assert "has no group 9" in run("grader", "draft-mistake", tmp_path / "out", "9", *command[3:]).stderr
