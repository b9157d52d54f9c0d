"""What is off leads to checks that fail here: never to one that passes, and never to a function of the kit's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from grader.frontends.milestones.failing import advice
from grader.frontends.milestones.folder import run_milestone
from grader.frontends.milestones.terminal import WIDTH, written
from grader.isolation.sandbox import open_sandbox
from grader.results.verdict import Verdict
from tests.conftest import ROOT

SOLUTIONS = ROOT / "solutions" / "stage5"


def verdict(mistake: str | None, exercise: str = "scaled_attention", status: str = "mistake") -> Verdict:
    return Verdict(mistake, exercise, 5, status, 0.0, 1.0)


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    shutil.copytree(SOLUTIONS, tmp_path / "stage5", ignore=shutil.ignore_patterns("answers"))
    return tmp_path


def answered(submission: Path, stem: str, name: str) -> None:
    path = submission / "stage5" / f"{stem}.py"
    path.write_bytes(path.read_bytes() + b"\n\n" + (SOLUTIONS / "answers" / stem / f"{name}.py").read_bytes())


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_a_probe_names_the_check_that_fails_and_no_other(submission: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(submission, "scaled_attention", "zeroed_after_softmax")
    assert run_milestone(5, submission, 60) == 1
    text = shown(capsys)
    assert text.count("Failed check: 5.9 of scaled_attention.") == text.count("≠") == 6
    assert set(re.findall(r"\b5\.\d+ of", text)) == {"5.9 of"}


def test_the_checks_are_asked_behind_the_wall_as_well(submission: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(submission, "scaled_attention", "divides_by_d_k")
    with open_sandbox("auto") as sandbox:
        assert run_milestone(5, submission, 60, sandbox=sandbox) == 1
    assert "Failed check: 5.2 of scaled_attention." in shown(capsys)


def test_where_the_kits_function_stops_the_check_of_the_students_is_named(
    submission: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "exercises" / "stage5" / "scaled_attention.py", submission / "stage5")
    answered(submission, "causal_mask", "degenerate_all_blocked")
    assert run_milestone(5, submission, 60) == 1
    text = shown(capsys)
    assert "! scaled_attention, taken from the kit: returned NaN in 96000 of 96000 numbers" in text
    assert text.endswith("The milestone stops here. Failed check: the general one of causal_mask.")


def test_a_milestone_that_cannot_begin_says_which_it_is(submission: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(submission, "heads", "always_raises")
    assert run_milestone(5, submission, 60) == 1
    assert shown(capsys).startswith("Milestone 5: attention looks. ! split_heads (heads.py:")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([verdict("5.2"), verdict("5.9")], "Failed check: 5.9 of scaled_attention."),
        ([verdict("5.2")], "Failed check: 5.2 of scaled_attention."),
        ([verdict("5.9"), verdict("5.1")], "Failed checks: 5.9 and 5.1 of scaled_attention."),
        ([verdict("5.9", status="blocked"), verdict(None, status="wrong")], "the general one of scaled_attention."),
        ([verdict("5.9"), verdict("5.1", "causal_mask")], "5.9 of scaled_attention, 5.1 of causal_mask."),
        ([verdict("5.1", f"f{n}") for n in range(6)], "5.1 of f2, 5.1 of f3 and 2 more."),
        ([], "Your functions pass all of their checks: none of them asks about this."),
    ],
)
def test_the_checks_that_a_probe_is_about_come_first(found: list[Verdict], told: str) -> None:
    assert advice(found, ("5.9", "5.1")).endswith(told)


def test_words_are_written_as_they_come_in_lines_of_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"word{n}" for n in range(40)]
    assert written("  begun …", iter(words)) == words
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert " ".join(lines).split() == ["begun", "…", *words]
