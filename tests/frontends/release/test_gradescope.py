"""Gradescope's zip: two scripts at its root that grade what lies in /autograder/submission."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from grader.frontends.release.gradescope import autograder
from grader.frontends.release.leaks import leaks
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gradescope") / "autograder.zip"
    file.write_bytes(autograder())
    return file


def test_the_scripts_lie_at_the_root_and_can_be_run(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        modes = {info.filename: info.external_attr >> 16 for info in opened.infolist()}
    assert modes["setup.sh"] & 0o111
    assert modes["run_autograder"] & 0o111
    assert [name for name in modes if name.startswith("wheels/misstep-")]


def test_the_archive_is_the_same_every_time(archive: Path) -> None:
    assert autograder() == archive.read_bytes()


def test_no_solution_is_in_the_archive(archive: Path) -> None:
    assert leaks({"autograder.zip": archive.read_bytes()}, ROOT / "solutions") == []


@pytest.fixture
def machine(archive: Path, student_bin: Path, tmp_path: Path) -> Path:
    """What Gradescope makes of the zip, at another place than /autograder."""
    home = tmp_path / "autograder"
    (home / "results").mkdir(parents=True)
    (home / "misstep").symlink_to(student_bin.parent)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(home / "source")
    script = (home / "source" / "run_autograder").read_text().replace("/autograder/", f"{home}/")
    (home / "run_autograder").write_text(script)
    return home


def grade(machine: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(machine / "run_autograder")]
    env = {**os.environ, **environment}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)


def test_a_submission_gets_its_points(machine: Path) -> None:
    shutil.copytree(ROOT / "solutions/stage5", machine / "submission/stage5", ignore=shutil.ignore_patterns("answers"))
    done = grade(machine)
    assert done.returncode == 0, done.stderr
    results = json.loads((machine / "results/results.json").read_text())
    assert results["score"] == sum(test["max_score"] for test in results["tests"]) > 0


def test_without_a_verdict_there_is_no_zero(machine: Path) -> None:
    (machine / "submission").mkdir()
    (machine / "submission/misstep.toml").write_text("")
    done = grade(machine, MISSTEP_OPTIONS="--stage 99")
    assert done.returncode != 0
    assert not (machine / "results/results.json").exists()
