"""Somebody else's functions run behind the wall, and what a class reaches is kept beside its results."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.milestones.gpt import figures, held_out
from grader.frontends.cli import main
from grader.frontends.milestones.gpt import NEEDED, Gpt, cross_entropy_of
from grader.frontends.milestones.team import Stopped, Team
from grader.frontends.milestones.walled import Walled
from grader.frontends.milestones.whole_class import Terms, run_class
from grader.grading.find import Task
from grader.grading.intake import read_submission
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.results.milestones import read_milestones
from tests.conftest import ROOT

SOLUTIONS = ROOT / "solutions"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto") as opened:
        yield opened


def student(batch: Path, name: str, stage: int, **changed: str) -> Path:
    folder = batch / name / f"stage{stage}"
    folder.mkdir(parents=True)
    for path in (SOLUTIONS / f"stage{stage}").glob("*.py"):
        shutil.copy(path, folder)
    for stem, text in changed.items():
        (folder / f"{stem}.py").write_text(text)
    return batch / name


def test_functions_that_call_each_other_through_the_wall_come_to_the_reference(sandbox: Sandbox) -> None:
    tokens = held_out(64)
    with Walled(read_submission(SOLUTIONS), sandbox, 60) as walled:
        logits = Gpt(Team(NEEDED, walled, time.monotonic() + 60)).logits(tokens[:, :-1])
    assert cross_entropy_of(logits, tokens[:, 1:]) == pytest.approx(figures()["loss"], abs=1e-9)


def test_the_inner_function_is_named_that_ends_its_process(sandbox: Sandbox, tmp_path: Path) -> None:
    norm = "import os\ndef layer_norm(x, gamma, beta, eps=1e-5):\n    return x if x.shape[-1] == 8 else os.abort()\n"
    folder = student(tmp_path, "ann", 6, layer_norm=norm)
    with Walled(read_submission(folder), sandbox, 60) as walled, pytest.raises(Stopped, match=r"^layer_norm: "):
        Gpt(Team(NEEDED, walled, time.monotonic() + 60)).logits(held_out(2)[:, :-1])


def test_a_class_is_told_in_a_line_each_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch, out = tmp_path / "batch", tmp_path / "out"
    no_mask = "import numpy as np\ndef causal_mask(n):\n    return np.zeros((n, n))\n"
    folders = [
        student(batch, "ann", 5),
        student(batch, "bob", 5, causal_mask=no_mask),
        student(batch, "cem\n", 5, positions="def add_positions(a, b):\n    raise ValueError\n"),
        batch / "dan",
    ]
    shutil.copytree(ROOT / "exercises" / "stage5", batch / "dan" / "stage5")
    tasks = [Task(folder.name, folder) for folder in folders]
    assert run_class(tasks, out, Terms(isolation="auto"), jobs=2) == 0
    lines = sorted(capsys.readouterr().out.splitlines())
    assert lines[0] == "ann: milestone 5: accuracy 1.000, the reference has 1.000"
    assert lines[1].startswith("bob: milestone 5: accuracy 0.9")
    assert lines[2] == "cem\\n: milestone 5: stopped at add_positions"
    assert lines[3] == "dan: milestone 5: not begun"
    kept = read_milestones(out)
    assert kept["ann"][5].fine
    assert not kept["bob"][5].fine
    assert kept["cem\n"][5].stopped == "add_positions"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["7"], "7 is neither a milestone (3, 5, 6) nor a folder"),
        (["5", "--train"], "--train is for milestone 6"),
        (["6", str(SOLUTIONS), "--train"], "--isolation none"),
        (["6", str(SOLUTIONS), "--results", "x", "--out", "x.svg"], "neither --train nor --out"),
    ],
)
def test_what_does_not_go_together_is_refused(capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    assert main(["milestone", *words]) == 2
    assert told in capsys.readouterr().err
