"""The language model of milestone 3 learns by the solutions as recorded, and what a student's function does is told."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from grader.course.milestones.mlp import figures
from grader.frontends.milestones.folder import run_milestone
from grader.frontends.milestones.mlp import NEEDED
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.stage3 import Run as Milestone
from grader.frontends.milestones.team import Team
from grader.grading.intake import read_submission
from tests.conftest import ROOT

SOLUTIONS = ROOT / "solutions"
HEAD = "import numpy as np\n"
OFF = {
    "loss summed": ("model", "np.mean(log_normalizer", "np.sum(log_normalizer", "≠ loss"),
    "trained on everything": ("evaluation", "fit(tokens[:cut])", "fit(tokens)", "≠ held out"),
}
BAD = {
    "raises": ("layers", "return x @ weight + bias", "return x @ bias", "! linear (layers.py:"),
    "is NaN": ("softmax", "return exponentials /", "return np.nan * exponentials /", "! softmax: returned NaN"),
    "context not flattened": (
        "embedding",
        "vectors.reshape(vectors.shape[0], -1)",
        "vectors",
        "! embed_context: returned",
    ),
    "tokens changed": (
        "evaluation",
        "fit(tokens[:cut])",
        "fit(tokens[:cut] + 0.5)",
        "! held_out_perplexity: passed on",
    ),
}


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    (tmp_path / "stage3").mkdir()
    for path in (SOLUTIONS / "stage3").glob("*.py"):
        shutil.copy(path, tmp_path / "stage3")
    return tmp_path


def change(submission: Path, stem: str, old: str, new: str) -> None:
    path = submission / "stage3" / f"{stem}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_solutions_learn_as_recorded_and_far_better_than_guessing() -> None:
    run = Milestone(Team(NEEDED, Files(read_submission(SOLUTIONS).sources), time.monotonic() + 120))
    assert run.perplexity() == pytest.approx(figures()["perplexity"], rel=1e-3)
    assert run.losses == pytest.approx(figures()["losses"], abs=1e-3)
    assert run.losses[-1] < 1.5


def test_right_functions_are_shown_beside_the_reference_and_write_twenty_words(
    submission: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_milestone(3, submission, 120) == 0
    shown = capsys.readouterr().out
    assert "Yours: 8 of 8 functions" in shown
    assert len(shown.partition("Twenty words: ")[2].split()) == 20


@pytest.mark.parametrize(("stem", "old", "new", "told"), OFF.values(), ids=OFF)
def test_what_is_off_is_told_in_numbers(
    submission: Path, capsys: pytest.CaptureFixture[str], stem: str, old: str, new: str, told: str
) -> None:
    change(submission, stem, old, new)
    assert run_milestone(3, submission, 120) == 1
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(("stem", "old", "new", "told"), BAD.values(), ids=BAD)
def test_a_function_that_cannot_be_used_is_named(
    submission: Path, capsys: pytest.CaptureFixture[str], stem: str, old: str, new: str, told: str
) -> None:
    change(submission, stem, old, new)
    assert run_milestone(3, submission, 120) == 1
    assert told in " ".join(capsys.readouterr().out.split())


def test_a_training_that_does_not_end_in_time_names_the_function_that_ran(
    submission: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(submission, "model", "hidden = np.tanh", "while len(context_ids) > 2: pass\n    hidden = np.tanh")
    assert run_milestone(3, submission, 2) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "! mlp_forward" in shown
    assert "did not come to an end within 2 s" in shown


def test_who_is_slow_is_told_so_and_no_function_is_named(
    submission: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter([60.0, 60.0, 60.0])
    monkeypatch.setattr(Team, "seconds_left", lambda self: next(left, 1e-9))
    assert run_milestone(3, submission, 120) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "the time was over after 3 of 600 steps; --seconds gives more." in shown
    assert "!" not in shown


def test_stubs_are_taken_from_the_kit(submission: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ROOT / "exercises" / "stage3" / "layers.py", submission / "stage3")
    assert run_milestone(3, submission, 120) == 0
    assert "Taken from the kit: init_weights, linear." in capsys.readouterr().out
