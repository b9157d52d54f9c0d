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


@pytest.mark.parametrize(
    ("command", "places", "option"),
    [
        ("milestone", ("6", "folder"), ("--train",)),
        ("milestone", ("6", "folder"), ("--seconds", "9")),
        ("feedback", ("out", "name"), ("--html", "letters")),
        ("collect", ("a.zip", "b.zip"), ("--from", "moodle", "--out", "batch")),
        ("github", ("here",), ("--stage", "5")),
    ],
)
def test_options_may_stand_anywhere(
    command: str, places: tuple[str, ...], option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(f"grader.frontends.commands.{command}.run", lambda args: asked.append(vars(args)) or 0)
    for place in range(len(places) + 1):
        assert main([command, *places[:place], *option, *places[place:]]) == 0
    assert all(one == asked[0] for one in asked)


def test_a_name_may_begin_with_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("grader.frontends.commands.feedback.run", lambda args: asked.append(args.name) or 0)
    assert main(["feedback", "--pictures", "--", "out", "-name"]) == 0
    assert main(["feedback", "out", "--", "-name"]) == 0
    assert asked == ["-name", "-name"]


def test_a_directory_that_is_called_like_a_command_is_a_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export").mkdir()
    assert main(["grade", "export", "--out", "grade"]) == 2
    assert re.search(r"misstep grade: .*export", capsys.readouterr().err)
