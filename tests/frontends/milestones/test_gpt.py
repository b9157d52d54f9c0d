"""The GPT of milestone 6: its numbers fit the solutions, and whatever a student's function does is told by name."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from grader.course.milestones.gpt import STORED, TEXTS, figures, held_out, trained_numbers
from grader.frontends.milestones import team as teams
from grader.frontends.milestones.folder import run_milestone
from grader.frontends.milestones.gpt import NEEDED, Gpt, cross_entropy_of
from grader.frontends.milestones.outcome import Outcome
from grader.frontends.milestones.probes import cached_against_full, causality, probes
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.team import Stopped, Team
from grader.grading.intake import read_submission
from grader.student.source import Source
from tests.conftest import ROOT, Run

SOLUTIONS = ROOT / "solutions"
LAYER_NORM = "import numpy as np\ndef layer_norm(x, gamma, beta, eps=1e-5):\n    {}\n"
BAD = {
    "raises": ("raise ValueError('no such thing')", "ValueError: no such thing"),
    "is NaN": ("return x * np.nan", "NaN"),
    "loses an axis": ("return x.sum(axis=-1)", "shape"),
    "gives nothing": ("return None", "None"),
    "gives text": ("return 'x'", "str"),
    "leaves": ("import os; os._exit(0)", "exit status 0"),
}


def sources(**changed: str) -> dict[int, dict[str, Source]]:
    """The solutions of both stages, with files of stage 6 replaced."""
    found = {n: dict(read_submission(SOLUTIONS).sources[n]) for n in (5, 6)}
    found[6] |= {stem: Source(f"{stem}.py", (text.encode(),)) for stem, text in changed.items()}
    return found


def assembled(found: dict[int, dict[str, Source]], seconds: float = 120) -> Gpt:
    return Gpt(Team(NEEDED, Files(found), time.monotonic() + seconds))


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    for number in (5, 6):
        (tmp_path / f"stage{number}").mkdir()
        for path in (SOLUTIONS / f"stage{number}").glob("*.py"):
            shutil.copy(path, tmp_path / f"stage{number}")
    return tmp_path


def test_the_numbers_that_are_shipped_fit_the_solutions() -> None:
    found = list(probes(assembled(sources()), Outcome()))
    assert [probe.name for probe in found if not probe.fine] == []
    tokens = held_out(TEXTS)
    loss = cross_entropy_of(assembled(sources()).logits(tokens[:, :-1]), tokens[:, 1:])
    assert loss == pytest.approx(figures()["loss"], abs=1e-9)
    # Far below what guessing and what the frequency of words give.
    assert loss < 1.5
    assert STORED.stat().st_size < 1_000_000
    assert 50_000 <= sum(value.size for value in trained_numbers().values()) <= 200_000


@pytest.mark.parametrize("name", ["zeroed_after_softmax", "divides_by_d_k", "not_scaled", "mask_never_used"])
def test_a_wrong_attention_moves_the_loss_or_stops_the_milestone(name: str) -> None:
    found = sources()
    path = SOLUTIONS / "stage5" / "answers" / "scaled_attention" / f"{name}.py"
    found[5]["scaled_attention"] = Source(path.name, (path.read_bytes(),))
    seen = list(probes(assembled(found), Outcome()))
    assert not seen[0].fine
    assert "5.2" in seen[0].look_at


def test_a_batch_handed_over_in_parts_is_as_right_as_a_whole_one() -> None:
    path = SOLUTIONS / "stage6" / "answers" / "output_head" / "one_sequence_at_a_time.py"
    found = sources()
    found[6]["output_head"] = Source(path.name, (path.read_bytes(),))
    seen = list(probes(assembled(found), Outcome()))
    assert [probe.name for probe in seen if not probe.fine] == []


def test_a_mask_forgotten_is_seen_by_the_probe_of_causality() -> None:
    found = sources()
    found[5]["causal_mask"] = Source(
        "causal_mask.py", (b"import numpy as np\ndef causal_mask(n):\n    return np.zeros((n, n))\n",)
    )
    probe = causality(assembled(found))
    assert not probe.fine
    assert "5.1" in probe.look_at


def test_wrong_generation_between_right_parts_is_seen_by_the_probe_of_the_cache() -> None:
    text = (SOLUTIONS / "stage6" / "generation.py").read_text(encoding="utf-8")
    unscaled = text.replace(" / np.sqrt(keys.shape[-1])", "")
    assert unscaled != text
    assert not cached_against_full(assembled(sources(generation=unscaled))).fine


@pytest.mark.parametrize(("body", "told"), BAD.values(), ids=BAD)
def test_a_function_that_cannot_be_used_is_named_and_the_milestone_stops(
    submission: Path, capsys: pytest.CaptureFixture[str], body: str, told: str
) -> None:
    (submission / "stage6" / "layer_norm.py").write_text(LAYER_NORM.format(body))
    assert run_milestone(6, submission, 60) == 1
    shown = capsys.readouterr().out
    assert "! layer_norm" in shown
    assert told in " ".join(shown.split())
    assert "pytest exercises/stage6 -k layer_norm" in shown


def test_a_function_inside_another_is_the_one_that_is_named(submission: Path) -> None:
    (submission / "stage6" / "layer_norm.py").write_text(LAYER_NORM.format("return x / len(x[5])"))
    found = sources(layer_norm=LAYER_NORM.format("return x if x.shape[-1] == 8 else x[..., :3]"))
    with pytest.raises(Stopped, match=r"^layer_norm: returned an array of shape \[64, 32, 3\]"):
        list(probes(assembled(found), Outcome()))


def test_a_block_that_never_calls_attention_is_named() -> None:
    block = "def transformer_block(x, attention, feed_forward, norm1, norm2):\n    return x\n"
    with pytest.raises(Stopped, match="transformer_block: never called attention"):
        list(probes(assembled(sources(transformer_block=block)), Outcome()))


def test_an_endless_loop_ends_with_the_time_and_is_named(run: Run, submission: Path) -> None:
    (submission / "stage6" / "layer_norm.py").write_text(LAYER_NORM.format("while True: pass"))
    done = run("grader", "milestone", "6", submission, "--seconds", "2")
    assert done.returncode == 1
    assert "layer_norm" in done.stdout
    assert "did not come to an end within 2 s" in " ".join(done.stdout.split())
    assert done.stderr == ""


def test_stubs_are_taken_from_the_kit_and_counted(submission: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ROOT / "exercises" / "stage5" / "heads.py", submission / "stage5")
    (submission / "stage6" / "generation.py").unlink()
    assert run_milestone(6, submission, 120) == 0
    shown = capsys.readouterr().out
    assert "Yours: 7 of 10 functions" in shown
    assert "Taken from the kit: split_heads, merge_heads, generate_step." in " ".join(shown.split())
    assert "generation.py is missing" in shown
    assert shown.count("with the cache: the same words") == 2


def test_where_the_kit_has_no_solutions_empty_stubs_are_named_and_nothing_is_filled_in(
    submission: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teams, "solutions_home", lambda: None)
    shutil.copy(ROOT / "exercises" / "stage5" / "heads.py", submission / "stage5")
    assert run_milestone(6, submission, 60) == 1
    shown = capsys.readouterr().out
    assert "Not filled in yet: split_heads, merge_heads." in shown
    assert "Taken from the kit" not in shown


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_refused(run: Run, seconds: str) -> None:
    done = run("grader", "milestone", "6", f"--seconds={seconds}")
    assert done.returncode == 2
    assert "--seconds" in done.stderr


def test_a_folder_without_stages_is_refused_in_a_line(run: Run, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        done = run("grader", "milestone", "6", folder)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert str(folder) in done.stderr
