"""Options that make no sense are refused in one line, whichever command they are given to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.frontends.cli import main
from grader.frontends.commands import nbgrader


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is said of these words, on the last line."""
    with pytest.raises(SystemExit, match="2"):
        main(words)
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("value", ["-1", "0", "nan", "inf", "soon"])
@pytest.mark.parametrize("command", [("github",), ("classroom50",), ("grade", "b", "--out", "o")])
def test_a_time_limit_is_above_zero(command: tuple[str, ...], value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--timeout" in refused(capsys, *command, f"--timeout={value}")


@pytest.mark.parametrize("command", [("grade", "b", "--out", "o"), ("nbgrader", "autograde", "stage5")])
def test_somebody_must_do_the_work(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "--jobs" in refused(capsys, *command, "--jobs", "0")


@pytest.mark.parametrize("command", [("grade", "b", "--out", "o"), ("nbgrader", "course")])
def test_a_seed_is_no_negative_number(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "--seed" in refused(capsys, *command, "--seed=-4")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("course", "make course"),
        ("--stage 5 course --seed 1", "make --stage 5 course --seed 1"),
        ("make course", "make course"),
        ("autograde stage5 --jobs 2", "autograde stage5 --jobs 2"),
        ("--jobs 2 autograde stage5", "autograde --jobs 2 stage5"),
        ("--help", "--help"),
        ("", ""),
    ],
)
def test_a_course_alone_is_to_be_made(words: str, meant: str) -> None:
    assert nbgrader.spelled_out(words.split()) == meant.split()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nbgrader",), "ACTION"),
        (("nbgrader", "autograde"), "ASSIGNMENT"),
        (("nbgrader", "one", "two"), "two"),
        (("nbgrader", "course", "--jobs", "2"), "--jobs"),
        (("nbgrader", "autograde", "stage5", "--seed", "1"), "--seed"),
    ],
)
def test_each_action_takes_its_own_options(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(capsys, *words)


def test_a_directory_that_is_called_like_a_command_is_a_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export").mkdir()
    assert main(["grade", "export", "--out", "grade"]) == 2
    assert re.search(r"misstep grade: .*export", capsys.readouterr().err)
