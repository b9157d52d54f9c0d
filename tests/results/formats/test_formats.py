"""Every export against a file written by hand, and against what its target does with it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grader.results.formats import entries, formats, is_per_submission
from grader.results.formats.matching import match
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

from .sample import BROKEN, CLASS, EVIL, MARY, ROSTER

GOLDEN = Path(__file__).parent / "golden"
FORMATS = formats()
SPREADSHEETS = ["canvas", "csv", "moodle"]


def expected(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


def test_every_format_has_a_golden_file() -> None:
    goldens = {path.stem for path in GOLDEN.iterdir()}
    assert goldens == {"csv" if name == "grades" else name for name in FORMATS} - {"csv"} | {"grades"}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_says_what_it_is_and_where_that_is_written(name: str) -> None:
    doc = FORMATS[name].__doc__ or ""
    assert doc.partition("\n")[0].endswith(".")
    assert "Source:" in doc


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_a_spreadsheet_is_as_written_by_hand(name: str) -> None:
    module = FORMATS[name]
    text = module.render(match(CLASS, ROSTER, "attention-"), "Attention")
    assert text.replace("\r\n", "\n") == expected(module.FILE_NAME)


def test_junit_is_as_written_by_hand() -> None:
    assert FORMATS["junit"].render(entries(CLASS), "Attention") == expected("junit.xml")


def test_ctrf_is_as_written_by_hand() -> None:
    assert FORMATS["ctrf"].render(entries([MARY]), "Attention") == expected("ctrf.json")


@pytest.mark.parametrize("name", ["gradescope", "prairielearn"])
def test_a_file_per_submission_is_as_written_by_hand(name: str) -> None:
    assert is_per_submission(FORMATS[name])
    assert FORMATS[name].render_one(MARY) == expected(f"{name}.json")


@pytest.mark.parametrize("status", ["mistake", "wrong", "blocked", "todo", "error", "timeout"])
@pytest.mark.parametrize("name", ["junit", "ctrf", "gradescope"])
def test_nothing_but_a_pass_looks_green(name: str, status: str) -> None:
    result = SubmissionResult("x", 0, 1, (Verdict("5.1", "causal_mask", 5, status, 0, 1),))
    if name == "junit":
        case = ElementTree.fromstring(FORMATS[name].render(entries([result]), "a")).find(".//testcase")
        assert case is not None
        assert {child.tag for child in case} & {"failure", "error"}
    elif name == "ctrf":
        summary = json.loads(FORMATS[name].render(entries([result]), "a"))["results"]["summary"]
        assert (summary["failed"], summary["tests"]) == (1, 1)
    else:
        assert json.loads(FORMATS[name].render_one(result))["tests"][0]["status"] == "failed"


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_no_text_cell_of_a_spreadsheet_starts_a_formula(name: str) -> None:
    text = FORMATS[name].render(match([*CLASS, BROKEN], ROSTER), "=Attention")
    for row in csv.reader(io.StringIO(text)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_canvas_finds_its_columns_where_its_importer_looks_for_them() -> None:
    text = FORMATS["canvas"].render(match(CLASS, ROSTER, "attention-"), "Attention")
    header, possible, *students = csv.reader(io.StringIO(text))
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert header[2:5] == ["SIS User ID", "SIS Login ID", "Section"]
    assert "Points Possible" in possible[0]
    assert {len(row) for row in students} == {len(header)}
    assert text.count("\n") == 2 + len(students)  # a line break in a cell would hide a row from its preview


def test_points_stay_numbers_in_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].render(entries(CLASS), "a"))))
    assert [float(row["score"]) for row in rows] == [2.5, 0]


@pytest.mark.parametrize("name", ["gradescope", "prairielearn"])
def test_no_control_character_of_a_submission_reaches_the_page(name: str) -> None:
    text = FORMATS[name].render_one(EVIL)
    assert "\\u001b" not in text
    assert "\\\\x1b" in text


def test_moodle_feedback_holds_no_markup_of_the_submission() -> None:
    hostile = SubmissionResult("attention-mary", 0, 3.5, EVIL.checks)
    text = FORMATS["moodle"].render(match([hostile], ROSTER, "attention-"), "a")
    assert "<b>" not in text
    assert "&lt;b&gt;" in text


def test_what_cannot_be_judged_at_all_is_not_gradable_in_prairielearn() -> None:
    document = json.loads(FORMATS["prairielearn"].render_one(BROKEN))
    assert document["gradable"] is False
    assert document["format_errors"] == ["SyntaxError: '(' was never closed (line 3)"]
    assert "score" not in document


def test_no_words_of_a_submission_make_it_ungradable_in_prairielearn() -> None:
    message = "SyntaxError: '(' was never closed (line 3)"
    raised = Verdict(None, "linear", 3, "error", 0, 1, message)
    judged = Verdict("3.1", "softmax", 3, "mistake", 0, 1, "Row 0 sums to 3.")
    document = json.loads(FORMATS["prairielearn"].render_one(SubmissionResult("x", 0, 2, (raised, judged))))
    assert (document["gradable"], document["score"]) == (True, 0)


def test_a_long_message_keeps_prairielearn_below_its_megabyte() -> None:
    check = Verdict("5.1", "causal_mask", 5, "error", 0, 1, "x" * 1_000_000)
    result = SubmissionResult("x", 0, 80, (check,) * 80)
    assert len(FORMATS["prairielearn"].render_one(result).encode()) < 1_000_000


def test_a_name_that_is_not_unicode_can_be_written_in_every_format() -> None:
    result = SubmissionResult("caf\udce9\x00\x0b\ufffe", MARY.score, MARY.max_score, MARY.checks)
    for module in FORMATS.values():
        per_submission = is_per_submission(module)
        text = module.render_one(result) if per_submission else module.render(entries([result]), "a")
        assert "\x00" not in text
        text.encode("utf-8")


def test_junit_of_a_hostile_submission_is_well_formed() -> None:
    root = ElementTree.fromstring(FORMATS["junit"].render(entries([EVIL]), "<&>"))
    assert root.get("name") == "<&>"
    assert [len(suite.findall("testcase")) for suite in root] == [3]
