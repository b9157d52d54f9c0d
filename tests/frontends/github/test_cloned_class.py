"""A class as `gh repo clone` or GitHub Classroom leaves it is a batch as it stands."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_module


def misstep(*arguments: object) -> subprocess.CompletedProcess[str]:
    return run_module("grader", *arguments)


def clone(batch: Path, name: str, stage: Path) -> Path:
    """A repository's directory: its `.git`, its other files, and one stage under exercises/."""
    folder = batch / name
    for path in (".git/hooks", ".github/workflows", "vendor"):
        (folder / path).mkdir(parents=True)
    (folder / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (folder / ".git/stage5.py").write_text("raise SystemExit\n")
    (folder / "README.md").write_text("# Attention\n")
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    shutil.copytree(stage, folder / "exercises/stage5", ignore=shutil.ignore_patterns("answers"))
    return folder


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """Three clones, graded: one right, one untouched, one that has also a notebook."""
    batch, out = tmp_path / "attention-submissions", tmp_path / "out"
    clone(batch, "attention-mary", ROOT / "solutions/stage5")
    clone(batch, "attention-tom-b", ROOT / "exercises/stage5")
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (clone(batch, "attention-ann", ROOT / "exercises/stage5") / "notes.ipynb").write_text(json.dumps(notebook))
    (batch / "class.csv").write_text("not a submission\n")
    done = misstep("grade", batch, "--out", out, "--stage", "5", "--timeout", "60")
    assert done.returncode == 0, done.stderr
    return out


def test_every_clone_is_graded_under_the_name_of_its_repository(graded: Path) -> None:
    lines = [json.loads(line) for line in (graded / "results.jsonl").read_text().splitlines()]
    scores = {line["submission"]: line["score"] for line in lines}
    assert list(scores) == ["attention-ann", "attention-mary", "attention-tom-b"]
    assert scores["attention-mary"] == lines[1]["max_score"] > 0
    assert scores["attention-ann"] == scores["attention-tom-b"] == 0


def test_a_roster_turns_repositories_into_students(graded: Path, tmp_path: Path) -> None:
    roster = tmp_path / "classroom_roster.csv"
    roster.write_text(
        '"identifier","github_username","github_id","name"\n'
        '"m@example.org","Mary","1","Mary Miller"\n'
        '"t@example.org","tom-b","2","Tom Berg"\n'
        '"x@example.org","","","Never Linked"\n'
    )
    done = misstep("export", graded, "--to", "moodle", "--roster", roster)
    assert done.returncode == 0, done.stderr
    assert "1 submission of nobody on the roster; 1 student of the roster without a submission" in done.stderr
    named = misstep("export", graded, "--to", "moodle", "--roster", roster, "-v").stderr
    unmatched = (graded / "moodle.unmatched.csv").read_text()
    for told in (named, unmatched):
        assert "attention-ann" in told
        assert "Never Linked" in told
    rows = list(csv.DictReader((graded / "moodle.csv").open(newline="")))
    assert [row["ID number"] for row in rows] == ["m@example.org", "t@example.org"]
    assert float(rows[0]["misstep"]) > float(rows[1]["misstep"]) == 0
