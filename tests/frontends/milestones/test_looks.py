"""The layer of milestone 5: its numbers fit the solutions, and whatever a student's function does is told by name."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from grader.course.milestones.looks import EXAMPLE, STORED, figures, held_out, windows
from grader.frontends.milestones.attention import NEEDED, Attention
from grader.frontends.milestones.folder import run_milestone
from grader.frontends.milestones.outcome import Outcome
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.shades import heat_map
from grader.frontends.milestones.stage5 import play, probes
from grader.frontends.milestones.team import Stopped, Team
from grader.grading.intake import read_submission
from grader.student.source import Source
from tests.conftest import ROOT

SOLUTIONS = ROOT / "solutions"
HEAD = "import numpy as np\n"
BAD = {
    "raises": ("raise ValueError('no such thing')", "ValueError: no such thing"),
    "is NaN": ("return embeddings * np.nan", "NaN"),
    "grows": ("return np.concatenate([embeddings, embeddings], axis=-1)", r"shape \[200, 15, 64\]"),
    "gives nothing": ("return None", "None"),
}
SEEN = {
    "no mask": ("causal_mask", "np.triu(np.full((seq_len, seq_len), -np.inf), k=1)", "np.zeros((seq_len, seq_len))"),
    "not scaled": ("scaled_attention", " / np.sqrt(d_k)", ""),
    "positions forgotten": ("positions", "embeddings + positions[:seq_len]", "embeddings"),
    "reshaped": (
        "heads",
        "n_heads, d_model // n_heads).transpose(0, 2, 1, 3)",
        "n_heads, -1).reshape(batch, n_heads, seq_len, -1)",
    ),
    "one head apart": ("causal_attention", " / np.sqrt(q.shape[-1])", ""),
    "history forgotten": (
        "kv_cache",
        "np.concatenate([k_cache, k_new], axis=1)",
        "np.concatenate([k_cache * 0, k_new], axis=1)",
    ),
}
NAMES = {
    "no mask": {"accuracy", "attention", "weights", "causality", "one head", "cache"},
    "not scaled": {"attention", "weights", "one head"},
    "positions forgotten": {"accuracy", "attention", "weights"},
    "reshaped": {"accuracy", "attention", "weights", "causality", "one head", "cache"},
    "one head apart": {"one head"},
    "history forgotten": {"cache"},
}


def layer(**changed: str) -> Attention:
    found = dict(read_submission(SOLUTIONS).sources[5])
    found |= {stem: Source(f"{stem}.py", (text.encode(),)) for stem, text in changed.items()}
    return Attention(Team(NEEDED, Files({5: found}), time.monotonic() + 60))


def test_the_numbers_that_are_shipped_fit_the_solutions_and_do_the_task() -> None:
    outcome = Outcome()
    assert [probe.name for probe in probes(layer(), outcome) if not probe.fine] == []
    assert outcome.reached == ("accuracy", pytest.approx(figures()["accuracy"]), figures()["accuracy"])
    assert figures()["accuracy"] > 0.99
    assert STORED.stat().st_size < 100_000


def test_the_task_needs_attention() -> None:
    model = layer()
    tokens = held_out().tokens[:, :-1]
    model._numbers = {**model._numbers, "w_o": np.zeros_like(model._numbers["w_o"])}
    outcome = Outcome()
    assert not next(probes(model, outcome)).fine
    assert outcome.reached is not None
    assert outcome.reached[1] < 0.5
    assert len(tokens) == len(held_out().decided)


def test_the_decided_words_are_the_verb_and_the_copies() -> None:
    told = windows(np.random.default_rng(1), 50)
    assert (told.decided.sum(1) == 4).all()
    assert (told.tokens[:, 0] == told.tokens[0, 0]).all()


@pytest.mark.parametrize("name", SEEN)
def test_what_is_off_is_seen_by_the_probes_that_can_see_it(name: str) -> None:
    stem, old, new = SEEN[name]
    text = (SOLUTIONS / "stage5" / f"{stem}.py").read_text(encoding="utf-8")
    assert old in text
    found = probes(layer(**{stem: text.replace(old, new)}), Outcome())
    assert {probe.name for probe in found if not probe.fine} == NAMES[name]


@pytest.mark.parametrize(("body", "told"), BAD.values(), ids=BAD)
def test_a_function_that_cannot_be_used_is_named(body: str, told: str) -> None:
    sample = (
        f"{HEAD}def add_positions(embeddings, positions):\n    if len(embeddings) == 2: return embeddings\n    {body}\n"
    )
    with pytest.raises(Stopped, match=f"^add_positions: .*{told}"):
        list(probes(layer(positions=sample), Outcome()))


def test_the_milestone_stops_in_a_line_and_leaves_the_terminal_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "stage5").mkdir()
    for path in (SOLUTIONS / "stage5").glob("*.py"):
        (tmp_path / "stage5" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "stage5" / "kv_cache.py").write_text("def update_kv_cache(*a):\n    while True: pass\n")
    assert run_milestone(5, tmp_path, 1) == 1
    shown = capsys.readouterr().out
    assert "! update_kv_cache" in shown
    assert "did not come to an end within 1 s" in " ".join(shown.split())
    assert "\x1b" not in shown


def test_the_heat_map_shows_yours_beside_the_right_one_within_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    found = dict(read_submission(SOLUTIONS).sources[5])
    outcome = Outcome()
    play(Team(NEEDED, Files({5: found}), time.monotonic() + 60), outcome)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    assert [drawing.startswith("<svg") for drawing in outcome.drawings] == [True, True]
    first = np.array(figures()["weights"])[0]
    lines = list(heat_map(first, first, EXAMPLE.split()))
    assert all(line in shown.splitlines() for line in lines)
    assert lines[0].split() == ["yours", "right"]
    assert lines[1] == f"{'the':>8} {'██':<30}  ██"
