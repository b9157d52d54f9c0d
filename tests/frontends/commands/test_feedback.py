"""`misstep feedback` reads what is stored: no code is run, and nobody gets what is another's."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from grader.frontends.cli import main
from grader.results.picture import Picture, panel
from grader.results.store import FILE
from tests.results.sample_class import make_out, verdicts

WRONG = {"status": "wrong", "message": "Off in 3 of 8 numbers.", "line": 7, "fix": "axis=1 for axis=0"}
YOURS, RIGHT = panel("yours", [[0.4, 0.0]], masked=[(0, 1)]), panel("expected", [[1.0, 0.0]], masked=[(0, 1)])
DRAWN = Picture("attention", "Your weights.", "query", "key", (YOURS, RIGHT))
MASK = {"status": "mistake", "message": "Row 2 of your weights sums to 0.4.", "picture": DRAWN}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    people = {
        "ada": verdicts(scaled_attention_general=WRONG),
        "bo": verdicts(**{"scaled_attention_5.9": MASK}),
        "Zoë": verdicts(),
    }
    return make_out(tmp_path / "out", people, {"bo": ("Stage5 was taken for stage5",)})


def test_one_student_is_shown_as_the_terminal_shows_them(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", str(out), "bo"]) == 0
    shown = capsys.readouterr().out
    assert " 5.9  " in shown
    assert "Row 2 of your weights sums to 0.4." in shown
    assert "Note: Stage5 was taken for stage5" in shown
    assert "\x1b[" not in shown
    assert "Off in 3 of 8" not in shown


def test_pictures_are_drawn_where_they_are_asked_for(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", str(out), "bo"]) == 0
    assert "░" not in capsys.readouterr().out.partition("Stage 5 ·")[0]
    assert main(["feedback", str(out), "bo", "--pictures"]) == 0
    assert "query 0  0.40  ░░░░  0.40 ✗" in capsys.readouterr().out
    assert main(["feedback", str(out), "bo", "--html", str(out / "html")]) == 0
    assert '<img src="data:image/svg+xml;base64,' in (out / "html" / "bo.html").read_text(encoding="utf-8")
    assert main(["feedback", str(out), "bo", "--markdown", str(out / "md")]) == 0
    assert "query 0  0.40  ░░░░  0.40 ✗" in (out / "md" / "bo.md").read_text(encoding="utf-8")


def test_a_name_is_found_in_any_case_and_a_near_one_is_proposed(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", str(out), "ZOE\u0308"]) == 0
    assert main(["feedback", str(out), "adda"]) == 2
    assert "did you mean ada?" in capsys.readouterr().err


def test_the_change_behind_a_line_is_shown_only_where_asked(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["feedback", str(out), "ada"])
    assert "axis=1 for axis=0" not in capsys.readouterr().out
    main(["feedback", str(out), "ada", "--fix"])
    assert "For you alone: scaled_attention.py, line 7: axis=1 for axis=0" in capsys.readouterr().out
    assert main(["feedback", str(out), "--fix", "--html", str(out / "html")]) == 2
    assert not (out / "html").exists()


@pytest.mark.parametrize(("option", "suffix"), [("--html", "html"), ("--markdown", "md")])
def test_everybody_gets_a_file_and_the_mail_list_names_it(
    out: Path, tmp_path: Path, option: str, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("username,email\nada,=ada@x.org\nbo,bo@x.org\n", encoding="utf-8")
    mail = tmp_path / "mail.csv"
    send = [option, str(tmp_path / "send"), "--mail", str(mail), "--roster", str(roster)]
    assert main(["feedback", str(out), *send]) == 0
    assert {path.name for path in (tmp_path / "send").iterdir()} == {
        f"{name}.{suffix}" for name in ("ada", "bo", "Zoë")
    }
    rows = list(csv.DictReader(mail.open(encoding="utf-8", newline="")))
    assert [row["address"] for row in rows] == ["'=ada@x.org", "bo@x.org"]
    assert all(Path(row["file"]).is_file() and row["subject"] == "Your feedback" for row in rows)
    assert "Zoë: no address on the roster" in capsys.readouterr().err


def test_options_that_do_not_fit_are_refused_before_anything_is_written(out: Path, tmp_path: Path) -> None:
    assert main(["feedback", str(out), "--mail", str(tmp_path / "m.csv")]) == 2
    assert main(["feedback", str(out), "--html", str(tmp_path / "h"), "--mail", str(tmp_path / "m.csv")]) == 2
    assert not (tmp_path / "m.csv").exists()
    assert not (tmp_path / "h").exists()


def test_where_there_are_no_results_none_are_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", str(tmp_path / "none")]) == 2
    assert "there are no results here" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_whoever_left_the_class_is_not_in_it(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (out / "results.jsonl").write_text("".join(line for line in lines if '"ada"' not in line), encoding="utf-8")
    assert main(["feedback", str(out), "ada"]) == 2
    assert "no submission is called" in capsys.readouterr().err


def rewritten(out: Path, change: object) -> None:
    with sqlite3.connect(out / FILE) as base:
        rows = base.execute("SELECT name, detail FROM results").fetchall()
        new = [(json.dumps(change(json.loads(text))), name) for name, text in rows]  # type: ignore[operator]
        base.executemany("UPDATE results SET detail = ? WHERE name = ?", new)
    base.close()


def test_a_store_from_before_versions_is_read(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewritten(out, lambda detail: detail["checks"])
    assert main(["feedback", str(out), "bo"]) == 0
    assert "Row 2 of your weights" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [lambda d: {**d, "version": 99}, lambda d: [{k: c[k] for k in c if k != "frames"} for c in d["checks"]]],
    ids=["newer", "much older"],
)
def test_a_store_of_another_version_is_refused_in_a_line(
    out: Path, change: object, capsys: pytest.CaptureFixture[str]
) -> None:
    rewritten(out, change)
    assert main(["feedback", str(out), "bo"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "was written by another version of misstep; `misstep grade BATCH --out" in error
