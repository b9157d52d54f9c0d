"""`misstep milestone 6 --train`: trained by the student's functions, or told that the tape cannot follow them."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest

from grader.course.milestones import gpt as course
from grader.course.milestones.gpt import training_figures
from grader.course.stored_answers import stored_answers
from grader.frontends.milestones import train, training
from grader.frontends.milestones.outcome import Outcome
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.team import Stopped, Team
from grader.frontends.milestones.train import DERIVED, NEEDED, TapedTeam, Training, unfollowed
from grader.grading.intake import read_submission
from grader.student.source import Source
from tests.conftest import ROOT

SOLUTIONS = ROOT / "solutions"
LEAVES_NUMPY = """import numpy as np
def layer_norm(x, gamma, beta, eps=1e-5):
    x = np.array(x.tolist())
    return gamma * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps) + beta
"""
NO_MASK = "import numpy as np\ndef causal_mask(n):\n    return np.zeros((n, n))\n"
HANGS = "def init_feed_forward(rng, d_model):\n    while True: pass\n"
NO_DICT = "def init_embeddings(rng, vocab_size, d_model):\n    return rng.normal(size=(vocab_size, d_model))\n"


def team(number: int = 6, seconds: float = 300, **changed: str) -> Team:
    found = {n: dict(read_submission(SOLUTIONS).sources[n]) for n in (5, 6)}
    found[number] |= {stem: Source(f"{stem}.py", (text.encode(),)) for stem, text in changed.items()}
    return Team(NEEDED, Files(found), time.monotonic() + seconds)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """As many steps as show that something is learned."""
    monkeypatch.setattr(train, "STEPS", 12)
    monkeypatch.setattr(training, "STEPS", 12)
    monkeypatch.setattr(train, "EVERY", 6)
    return 12


def test_the_tape_follows_the_solutions_and_a_few_steps_learn(few: int) -> None:
    taped = TapedTeam(team())
    assert unfollowed(taped) == []
    run, told = Training(taped), []
    run.run(lambda step, loss: told.append(step))
    assert told == [6, 12]
    assert run.steps == few
    assert run.losses[1] < run.losses[0] - 0.1


def test_what_the_tape_cannot_follow_is_said_and_the_run_forward_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome()
    training.play(team(layer_norm=LEAVES_NUMPY), outcome)
    shown = " ".join(capsys.readouterr().out.split())
    assert "cannot follow layer_norm, as where" in shown
    assert "That is not a mistake." in shown
    assert [probe.name for probe in outcome.probes] == ["loss", "attention", "causality", "positions", "cache"]
    assert all(probe.fine for probe in outcome.probes)


def test_time_that_is_over_is_told_and_names_no_function(few: int, capsys: pytest.CaptureFixture[str]) -> None:
    group = team()
    taped, outcome = TapedTeam(group), Outcome()
    run = Training(taped)
    taped.seconds_left = lambda: 1.0 if run.steps == 0 else 1e-9  # type: ignore[method-assign]
    training._train(run, group, outcome)
    assert outcome.probes[0].text == "the time was over after 1 of 12 steps; --seconds gives more"
    assert "Look at" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("stem", "text", "told"),
    [
        ("feed_forward", HANGS, "^init_feed_forward: your code did not come to an end"),
        ("output_head", NO_DICT, "^init_embeddings: returned ndarray, where a dict with token_embedding"),
    ],
)
def test_a_function_that_cannot_be_used_is_named(stem: str, text: str, told: str) -> None:
    own = (SOLUTIONS / "stage6" / f"{stem}.py").read_text(encoding="utf-8")
    with pytest.raises(Stopped, match=told):
        training.play(team(seconds=1 if text is HANGS else 60, **{stem: f"{own}\n\n{text}"}), Outcome())


@pytest.mark.long
def test_the_whole_training_is_as_recorded_and_a_forgotten_mask_shows_in_the_honest_loss_alone() -> None:
    right, masks = Training(TapedTeam(team())), team(5, causal_mask=NO_MASK)
    right.run(lambda step, loss: None)
    assert right.losses == pytest.approx(training_figures()["losses"], abs=1e-2)
    assert right.honest(team()) == pytest.approx(training_figures()["honest"], abs=1e-2)
    without = Training(TapedTeam(masks))
    without.run(lambda step, loss: None)
    assert without.losses[-1] < 0.5 < 2.5 < without.honest(masks)
    assert len(without.losses) == course.STEPS // course.EVERY
    assert np.isfinite(without.losses).all()


@pytest.mark.long
def test_the_tape_follows_as_many_right_answers_as_the_page_says() -> None:
    followed = []
    for answer in stored_answers(SOLUTIONS):
        names = [one for one in NEEDED if one.name in DERIVED and one.name in answer.shows]
        if names and all(shown.kind == "right" for shown in answer.shows.values()):
            found = {**read_submission(SOLUTIONS).sources, answer.stage.number: answer.sources}
            taped = TapedTeam(Team(NEEDED, Files(found), time.monotonic() + 60))
            followed += [one.name not in unfollowed(taped) for one in names]
    page = " ".join((ROOT / "docs" / "milestones.md").read_text(encoding="utf-8").split())
    told = re.search(r"Of the (\d+) right answers .* it follows (\d+)\.", page)
    assert told is not None
    # A newer Python or numpy may have it otherwise by one or two.
    assert (len(followed), sum(followed)) == pytest.approx(tuple(map(int, told.groups())), abs=3)
