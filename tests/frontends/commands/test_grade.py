"""`misstep grade` on real batches, with the real command."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from grader.course.catalogue import stages
from tests.conftest import ROOT, Run, answer_text, copy_stage

# A run is still under way when a test has seen its first results: one of the class takes its time.
MANY, SLOW = 12, "\n\nimport time\ntime.sleep(2)\n"
# Time enough on any machine, and no search for a line, which ends by the clock: the same bytes each time. One process
# is enough for a few students.
PATIENT = ("--timeout", "60", "--line-seconds", "0", "--jobs", "1")
KEYS = {"id", "exercise", "stage", "status", "points", "max_points", "message", "link", "line"}


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A class of four: right, one mistake, nothing filled in, and nothing but an empty folder's name."""
    home = tmp_path / "class"
    for name in ("ada", "grace", "new\nline", "=cmd()"):
        copy_stage(5, home / name)
    averaged = answer_text(5, "heads", first_answer("heads", "merge_heads 5.5"))
    (home / "grace" / "stage5" / "heads.py").write_text(averaged)
    (home / ".hidden").mkdir()
    (home / "__pycache__").mkdir()
    (home / "notes.txt").write_text("no submission")
    return home


def first_answer(stem: str, shows: str) -> str:
    """The name of the first kept answer of a file that shows this and nothing else."""
    for path in sorted((ROOT / "solutions/stage5/answers" / stem).glob("*.py")):
        if path.read_text().splitlines()[0] == f"# shows: {shows}":
            return path.stem
    raise LookupError(shows)


def results(out: Path) -> dict[str, dict]:
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {result["submission"]: result for result in map(json.loads, lines)}


def test_results_and_gradebook_are_what_is_promised(run: Run, batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("grader", "grade", *PATIENT, batch, "--out", out, fresh=True)
    assert done.returncode == 0, done.stderr
    found = results(out)
    assert list(found) == sorted(["ada", "grace", "new\nline", "=cmd()"])
    assert found["ada"]["score"] == found["ada"]["max_score"] > 20
    assert all(set(check) == KEYS for result in found.values() for check in result["checks"])
    mistakes = [c for c in found["grace"]["checks"] if c["status"] == "mistake"]
    assert [(c["id"], c["exercise"], c["points"]) for c in mistakes] == [("5.5", "merge_heads", 0)]
    assert mistakes[0]["link"] == "exercises/stage5/MISTAKES.md#mistake-5"
    assert found["ada"]["isolation"]["mode"] == "full"
    rows = list(csv.DictReader((out / "gradebook.csv").open(newline="")))
    assert [row["submission"] for row in rows] == ["'=cmd()", "ada", "grace", "new\\nline"]
    assert float(rows[2]["score"]) == found["grace"]["score"]
    assert rows[2]["stage5 merge_heads 5.5"] == "0"
    assert "5.5" in done.stdout
    assert "new\nline" not in done.stdout


def test_a_second_run_grades_only_what_changed(run: Run, batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("grader", "grade", *PATIENT, batch, "--out", out)
    before = (out / "results.jsonl").read_bytes()
    again = run("grader", "grade", *PATIENT, batch, "--out", out)
    assert "(4 kept from an earlier run)" in again.stdout
    assert (out / "results.jsonl").read_bytes() == before
    (batch / "ada/stage5/heads.py").unlink()
    third = run("grader", "grade", *PATIENT, batch, "--out", out)
    assert "(3 kept from an earlier run)" in third.stdout
    assert results(out)["ada"]["score"] < results(out)["ada"]["max_score"]
    assert "kept" not in run("grader", "grade", *PATIENT, batch, "--out", out, "--regrade").stdout
    assert "kept" not in run("grader", "grade", *PATIENT, batch, "--out", out, "--seed", "5").stdout


@pytest.mark.parametrize(
    "option", [("--seed", "-1"), ("--jobs", "0"), ("--timeout", "0"), ("--memory", "0")], ids=" ".join
)
def test_a_number_that_cannot_be_is_refused(run: Run, tmp_path: Path, option: tuple[str, str]) -> None:
    done = run("grader", "grade", tmp_path, "--out", tmp_path / "out", *option)
    assert done.returncode == 2
    assert f"{option[0]}: must be" in done.stderr


def test_results_among_the_submissions_are_none(run: Run, batch: Path) -> None:
    for _ in range(2):
        done = run("grader", "grade", *PATIENT, ".", "--out", "results", cwd=batch)
        assert "4 submissions graded" in done.stdout, done.stderr


def test_only_one_student_is_graded_and_the_others_stay(run: Run, batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("grader", "grade", *PATIENT, batch, "--out", out)
    done = run("grader", "grade", *PATIENT, batch, "--out", out, "--only", "grace", "--regrade")
    assert "1 submission graded" in done.stdout
    assert len(results(out)) == 4
    assert run("grader", "grade", *PATIENT, batch, "--out", out, "--only", "nobody").returncode == 2


def test_a_killed_run_goes_on_and_ends_in_the_same_files(run: Run, tmp_path: Path) -> None:
    batch, out, seed = tmp_path / "class", tmp_path / "out", ("--seed", "7")
    model = copy_stage(5, tmp_path / "model")
    for number in range(MANY):
        shutil.copytree(model, batch / f"s{number:03}" / "stage5")
    with (batch / "s007/stage5/heads.py").open("a") as stream:
        stream.write(SLOW)
    whole = tmp_path / "whole"
    run("grader", "grade", *PATIENT, *seed, batch, "--out", whole)
    command = [sys.executable, "-m", "grader", "grade", *PATIENT, *seed, str(batch), "--out", str(out)]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 100
    while stored(out) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert 5 <= stored(out) < MANY
    done = run("grader", "grade", *PATIENT, batch, "--out", out)
    assert done.returncode == 0
    assert "kept from an earlier run" in done.stdout
    assert (out / "results.jsonl").read_bytes() == (whole / "results.jsonl").read_bytes()
    assert (out / "gradebook.csv").read_bytes() == (whole / "gradebook.csv").read_bytes()


def stored(out: Path) -> int:
    """How many results are stored so far; read from a copy, for the run holds the lock."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            for name in ("results.sqlite", "results.sqlite-wal"):
                shutil.copy(out / name, folder)
            with closing(sqlite3.connect(f"{folder}/results.sqlite", timeout=0)) as base:
                return int(base.execute("SELECT count(*) FROM results").fetchone()[0])
        except (OSError, sqlite3.Error):
            return 0


def test_two_runs_on_one_output_do_not_mix(run: Run, batch: Path, tmp_path: Path) -> None:
    from grader.results.store import Store

    store = Store(tmp_path / "out")
    done = run("grader", "grade", *PATIENT, batch, "--out", tmp_path / "out")
    store.close()
    assert done.returncode == 2
    assert "in use by another run" in done.stderr


def test_each_results_directory_has_a_secret_seed_and_keeps_it(run: Run, batch: Path, tmp_path: Path) -> None:
    seeds = []
    for out in (tmp_path / "one", tmp_path / "two"):
        first = run("grader", "grade", *PATIENT, batch, "--out", out)
        seeds.append((out / "seed").read_text().strip())
        assert f"The seed of all inputs is {seeds[-1]}" in first.stderr
        assert (out / "seed").stat().st_mode & 0o077 == 0
    again = run("grader", "grade", *PATIENT, batch, "--out", tmp_path / "one")
    assert "The seed" not in again.stderr
    assert "kept" in again.stdout
    assert seeds[0] != seeds[1]
    run("grader", "grade", *PATIENT, batch, "--out", tmp_path / "one", "--seed", "7")
    assert (tmp_path / "one" / "seed").read_text() == "7\n"


def test_a_seed_that_is_none_is_named(run: Run, batch: Path, tmp_path: Path) -> None:
    (tmp_path / "seed").write_text("secret")
    done = run("grader", "grade", *PATIENT, batch, "--out", tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path / 'seed'} holds no seed" in done.stderr


def test_an_unwritable_output_is_named(run: Run, batch: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("grader", "grade", *PATIENT, batch, "--out", tmp_path / "file")
    assert done.returncode == 2
    assert str(tmp_path / "file") in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_the_old_files_whole(run: Run, batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("grader", "grade", *PATIENT, batch, "--out", out)
    before = (out / "results.jsonl").read_bytes()
    limited = f"ulimit -f 40; {sys.executable} -m grader grade {' '.join(PATIENT)} '{batch}' --out '{out}' --regrade"
    done = subprocess.run(["bash", "-c", limited], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (out / "results.jsonl").read_bytes() == before


@pytest.mark.parametrize("what", ["missing", "empty", "one submission", "a file"])
def test_what_is_no_batch_is_named(run: Run, tmp_path: Path, what: str) -> None:
    batch = tmp_path / "batch"
    if what == "empty":
        batch.mkdir()
    elif what == "one submission":
        copy_stage(5, batch)
    elif what == "a file":
        batch.write_text("")
    done = run("grader", "grade", *PATIENT, batch, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert str(batch) in done.stderr
    wanted = "it is one submission" if what == "one submission" else "one directory per student"
    assert wanted in done.stderr


def test_nbgraders_tree_and_notebooks_are_accepted(run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "submitted"
    shutil.copytree(copy_stage(5, tmp_path / "model"), batch / "ada" / "stage5")
    cells = [path.read_text() for path in sorted((tmp_path / "model/stage5").glob("*.py"))]
    cells[0:0] = ["%matplotlib inline\nimport numpy as np", "def broken(:\n", "!pip install x", "1 / 0"]
    notebook = {"cells": [{"cell_type": "code", "source": c, "metadata": {}} for c in cells], "metadata": {}}
    (batch / "grace" / "stage5").mkdir(parents=True)
    (batch / "grace/stage5/stage5.ipynb").write_text(json.dumps({**notebook, "nbformat": 4, "nbformat_minor": 5}))
    (batch / "kurt").mkdir()
    (batch / "kurt/stage5.ipynb").write_text("{ broken")
    done = run("grader", "grade", *PATIENT, batch, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = results(tmp_path / "out")
    assert found["ada"]["score"] == found["ada"]["max_score"]
    assert found["grace"]["score"] == found["grace"]["max_score"]
    assert found["kurt"]["score"] == 0
    assert "not a notebook" in found["kurt"]["checks"][0]["message"]


def test_a_stage_asked_of_everybody_counts_where_it_is_missing(run: Run, tmp_path: Path) -> None:
    copy_stage(5, tmp_path / "class/ada")
    (tmp_path / "class/empty").mkdir()
    run("grader", "grade", *PATIENT, tmp_path / "class", "--out", tmp_path / "out", "--stage", "5", "--stage", "3")
    found = results(tmp_path / "out")
    assert found["ada"]["max_score"] == found["empty"]["max_score"]
    assert found["empty"]["score"] == 0
    assert {c["status"] for c in found["ada"]["checks"] if c["stage"] == 3} == {"error"}


def test_who_hands_in_nothing_is_asked_what_the_others_are(run: Run, tmp_path: Path) -> None:
    copy_stage(5, tmp_path / "class/ada")
    (tmp_path / "class/empty").mkdir()
    (tmp_path / "class/linked").symlink_to(tmp_path / "class/ada")
    first = run("grader", "grade", *PATIENT, tmp_path / "class", "--out", tmp_path / "out")
    assert first.returncode == 0
    found = results(tmp_path / "out")
    for name in ("empty", "linked"):
        assert found[name]["max_score"] == found["ada"]["max_score"]
        assert {c["status"] for c in found[name]["checks"]} == {"error"}
        assert "stage5/ is missing" in found[name]["checks"][0]["message"]
    again = run("grader", "grade", *PATIENT, tmp_path / "class", "--out", tmp_path / "out")
    assert "(3 kept from an earlier run)" in again.stdout


def test_without_a_wall_it_says_so_loudly(run: Run, batch: Path, tmp_path: Path) -> None:
    done = run("grader", "grade", *PATIENT, batch, "--out", tmp_path / "out", "--isolation", "none", "--only", "ada")
    assert done.returncode == 0
    assert "WARNING" in done.stderr
    assert "WITHOUT a full wall" in done.stdout
    assert results(tmp_path / "out")["ada"]["isolation"]["mode"] == "none"


def test_explain_prints_the_page(run: Run) -> None:
    done = run("grader", "explain", "5.9")
    assert done.returncode == 0
    assert "5.9" in done.stdout
    assert "```" in done.stdout
    assert run("grader", "explain", "9.9").returncode == 2
    every = [mistake for level in stages() for mistake in level.pages]
    listed = run("grader", "explain").stdout.splitlines()
    assert [line.split()[0] for line in listed] == every
