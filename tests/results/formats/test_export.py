"""`misstep export`: files where they are asked for, and nobody lost on the way."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import pytest

from grader.frontends.commands import export
from grader.results.formats import formats
from grader.results.formats.files import folder_name
from grader.results.records import SubmissionResult

from .sample import CLASS, MARY


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    store(folder, CLASS)
    return folder


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text("username,email,name\nmary,mary@example.org,Mary Miller\ntom,tom@example.org,+Tom\n")
    return file


def store(folder: Path, results: list[SubmissionResult]) -> None:
    lines = [json.dumps(result.to_json()) + "\n" for result in results]
    (folder / "results.jsonl").write_text("".join(lines))


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    export.add_arguments(parser)
    return export.run(parser.parse_args([str(argument) for argument in arguments]))


@pytest.mark.parametrize("name", ["csv", "junit", "ctrf"])
def test_a_class_is_one_file_in_the_results_directory(out: Path, name: str) -> None:
    assert run(out, "--to", name) == 0
    assert (out / formats()[name].FILE_NAME).stat().st_size > 100


@pytest.mark.parametrize("name", ["gradescope", "prairielearn"])
def test_every_submission_gets_a_file_of_its_own(out: Path, name: str) -> None:
    assert run(out, "--to", name) == 0
    files = sorted((out / name).glob("*/results.json"))
    assert len(files) == 2
    assert {len(json.loads(file.read_text())["tests"]) for file in files} == {3}


def test_one_submission_can_be_written_where_the_platform_wants_it(out: Path, tmp_path: Path) -> None:
    store(out, [MARY])
    target = tmp_path / "results" / "results.json"
    assert run(out, "--to", "gradescope", "-o", target) == 0
    assert json.loads(target.read_text())["score"] == 2.5


def test_one_file_for_two_submissions_is_refused(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(out, "--to", "gradescope", "-o", out / "results.json") == 2
    assert "there are 2" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["canvas", "moodle"])
def test_a_gradebook_needs_a_roster(out: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(out, "--to", name) == 2
    assert "--roster" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["canvas", "moodle", "csv", "junit"])
def test_whoever_is_in_one_list_only_is_named_and_kept(
    out: Path, roster: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(out, "--to", name, "--roster", roster, "--prefix", "attention-", "-v") == 0
    said = capsys.readouterr().err
    assert "submission '=HYPERLINK(0)'" in said
    assert "student '+Tom'" in said
    file = out / f"{Path(formats()[name].FILE_NAME).stem}.unmatched.csv"
    rows = list(csv.DictReader(file.open(newline="", encoding="utf-8-sig")))
    assert [(row["submission"], row["name"]) for row in rows] == [("'=HYPERLINK(0)", ""), ("", "'+Tom")]


def test_a_complete_class_leaves_no_list_of_unmatched(out: Path, roster: Path) -> None:
    run(out, "--to", "moodle", "--roster", roster)
    store(out, [MARY])
    roster.write_text("username\nmary\n")
    assert run(out, "--to", "moodle", "--roster", roster, "--prefix", "attention-") == 0
    assert not (out / "moodle.unmatched.csv").exists()


def test_a_directory_without_results_is_an_error_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--to", "csv") == 2
    assert "misstep grade" in capsys.readouterr().err


def test_a_directory_that_cannot_be_written_leaves_the_old_file_whole(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(out, "--to", "csv")
    before = (out / "grades.csv").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert run(out, "--to", "csv") == 2
    assert "No space left" in capsys.readouterr().err
    assert (out / "grades.csv").read_bytes() == before
    assert not list(out.glob(".misstep-*"))


@pytest.mark.parametrize("name", ["mary", "Mary O Neil", "attention-mary_2"])
def test_a_plain_name_is_kept_as_the_folder(name: str) -> None:
    assert folder_name(name) == name


def test_folders_of_different_submissions_are_different_and_stay_inside() -> None:
    names = ["..", ".", "a/b", "a_b", "a\nb", "a\\nb", "x" * 255, "x" * 254, "caf\udce9", "caf\\xe9", ""]
    folders = [folder_name(name) for name in names]
    assert len(set(folders)) == len(names)
    assert not [folder for folder in folders if "/" in folder or folder in ("", ".", "..")]


def test_a_spreadsheet_says_its_encoding_and_an_import_file_does_not(out: Path, roster: Path) -> None:
    for name in ("csv", "moodle", "canvas"):
        run(out, "--to", name, "--roster", roster, "--prefix", "attention-")
    assert (out / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (out / "moodle.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (out / "canvas.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_complaints_are_one_line(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "many.csv").write_text("username\n" + "".join(f"student{n}\n" for n in range(50)))
    run(out, "--to", "csv", "--roster", tmp_path / "many.csv")
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "50 students of the roster without a submission" in said


def test_everybody_of_a_group_gets_the_grade(out: Path, tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("repository,email\nattention-mary,m@x.org\nattention-mary,a@x.org\n")
    run(out, "--to", "moodle", "--roster", tmp_path / "groups.csv")
    rows = list(csv.reader((out / "moodle.csv").open(newline="")))[1:]
    assert [(row[2], row[3]) for row in rows] == [("a@x.org", "2.5"), ("m@x.org", "2.5")][::-1]
