"""Workflow commands are ours alone: text of a submission is escaped in them and kept out of the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.frontends.github.annotations import error_annotations
from grader.frontends.github.checkout import Checkout
from grader.frontends.github.commands import append, command, log_line, silenced
from grader.grading.intake import read_submission
from grader.results.verdict import Verdict

from .sample import HOSTILE, check, submission


def test_a_message_is_escaped_as_the_runner_unescapes_it() -> None:
    assert command("error", {"title": "a:b,c%"}, "50%\r\nx") == "::error title=a%3Ab%2Cc%25::50%25%0D%0Ax"


@pytest.mark.parametrize("text", ["::error::x", " ::error::x", "\n::set-output name=a::b", "\t##[error]x", HOSTILE])
def test_a_log_line_is_never_a_command(text: str) -> None:
    line = log_line(text)
    assert "\n" not in line
    assert not line.lstrip().startswith("::")
    assert "##[" not in line


def test_commands_stop_until_a_word_that_nobody_knew_before() -> None:
    first, second = silenced(["a", "::error::b"]), silenced(["a"])
    assert first[0].startswith("::stop-commands::")
    word = first[0].removeprefix("::stop-commands::")
    assert first[-1] == f"::{word}::"
    assert word not in second[0]


def test_an_output_is_one_line_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "output"
    file.write_text("before=1\n")
    monkeypatch.setenv("GITHUB_OUTPUT", str(file))
    assert append("GITHUB_OUTPUT", {"a": "b"})
    assert file.read_text() == "before=1\na=b\n"
    with pytest.raises(ValueError, match="one line"):
        append("GITHUB_OUTPUT", {"a": "b\nc=d"})


def test_without_a_runner_there_is_no_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)
    assert not append("GITHUB_OUTPUT", {"a": "b"})


def place(_: Verdict) -> tuple[str, int]:
    return "exercises/stage5/scaled_attention.py", 14


def test_an_annotation_stands_on_the_students_line() -> None:
    lines = error_annotations([check("mistake", message="Row 2 sums to 0.41, not 1.")], place)
    assert lines == [
        "::error file=exercises/stage5/scaled_attention.py,line=14,title=5.2 scaled_attention%3A mistake"
        "::Row 2 sums to 0.41, not 1.%0Aexercises/stage5/MISTAKES.md#mistake-2"
    ]


def test_named_mistakes_come_first_and_no_more_than_ten_are_written() -> None:
    checks = [check("error"), check("todo"), check("blocked"), *[check("mistake", id=f"5.{n}") for n in range(9)]]
    titles = [re.findall("title=.*?%3A (\\w+)", line)[0] for line in error_annotations(checks, place)]
    assert titles == ["mistake"] * 9 + ["error"]


def test_a_title_takes_the_place_of_the_bare_word() -> None:
    (line,) = error_annotations([check("mistake")], lambda _: None, {"5.2": "Scores not scaled"})
    assert line.startswith("::error title=5.2 scaled_attention%3A Scores not scaled::")


def test_what_waits_or_is_not_begun_gets_no_annotation() -> None:
    assert error_annotations([check("blocked"), check("todo"), check("passed")], place) == []


def test_an_annotation_of_hostile_text_is_one_command() -> None:
    (line,) = error_annotations([check("error", message=HOSTILE, exercise=HOSTILE)], lambda _: None)
    assert "\n" not in line
    assert "\r" not in line
    assert "\x1b" not in line
    head = line.split("::")[1]
    assert head.startswith("error title=")
    assert "," not in head


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("import numpy\n\ndef split_heads(x):\n    pass\n", 3),
        ("def split_heads(x):\n    pass\n\ndef split_heads(x):\n    pass\n", 4),
        ("\nclass split_heads:\n    pass\n", 2),
        ("\n\nsplit_heads: object = print\n", 3),
        ("(" * 100_000, 1),
        ("", 1),
    ],
)
def test_an_annotation_points_to_where_the_function_is_defined(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "stage5").mkdir()
    (tmp_path / "stage5" / "heads.py").write_text(text)
    checkout = Checkout(read_submission(tmp_path), submission([]))
    assert checkout.find(check("wrong", exercise="split_heads")) == ("stage5/heads.py", line)
