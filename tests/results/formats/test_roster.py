"""A class list as its system writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.results.formats import canvas
from grader.results.formats.matching import match
from grader.results.formats.roster import RosterError, Student, read_roster, twice
from grader.results.records import SubmissionResult


def roster_file(folder: Path, text: str) -> Path:
    file = folder / "roster.csv"
    file.write_bytes(text.encode("utf-8"))
    return file


def test_github_classrooms_roster_is_read(tmp_path: Path) -> None:
    file = roster_file(tmp_path, '"identifier","github_username","github_id","name"\n"17","Mary","99","M. Miller"\n')
    assert read_roster(file) == [Student(id="17", username="Mary", name="M. Miller")]


def test_an_identifier_that_is_an_address_is_taken_as_one(tmp_path: Path) -> None:
    file = roster_file(tmp_path, "identifier,github_username\nm@example.org,mary\n")
    assert read_roster(file) == [Student(id="m@example.org", email="m@example.org", username="mary")]


def test_first_and_last_names_are_joined_and_a_byte_order_mark_is_let_pass(tmp_path: Path) -> None:
    file = roster_file(tmp_path, "\ufeffEmail address,First name,Last name\r\nm@example.org,Mary,Miller\r\n")
    assert read_roster(file) == [Student(email="m@example.org", name="Mary Miller")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("section,grade\nA,1\n", ":1: no column to match by"),
        ("section,email\nA,m@example.org\nA,\n", ":3: no repository, user name, id, e-mail address or name"),
        ("", ":1: no column to match by"),
    ],
)
def test_a_roster_that_cannot_be_used_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RosterError, match=said):
        read_roster(roster_file(tmp_path, text))


def test_a_roster_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(b"email,name\nm@example.org,Andr\xe9\n")
    with pytest.raises(RosterError, match=r'UTF-8.*; save it as "CSV UTF-8"'):
        read_roster(file)
    file.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(RosterError, match='is a workbook and no text; save it as "CSV UTF-8"'):
        read_roster(file)


def test_excels_line_about_its_separator_is_none_of_the_list(tmp_path: Path) -> None:
    (student,) = read_roster(roster_file(tmp_path, "sep=;\r\nemail;name\r\nm@example.org;Mary\r\n"))
    assert (student.email, student.name) == ("m@example.org", "Mary")


CANVAS = (
    "\ufeffStudent{0}ID{0}SIS User ID{0}SIS Login ID{0}Integration ID{0}Section{0}Attention (12){0}Score{0}{0}\r\n"
    "{0}{0}{0}{0}{0}{0}Manual Posting{0}{0}{0}\r\n"
    "    Points Possible{0}{0}{0}{0}{0}{0}21{0}(read only){0}{0}\r\n"
    '"Smith, Jan\u00e9"{0}71{0}S-100{0}js1@uni{0}I7{0}"A and B"{0}{0}{0}{0}\r\n'
    '"Student, Test"{0}72{0}{0}0123abc{0}{0}A{0}{0}{0}{0}\r\n'
)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_canvas_own_export_is_read_whatever_separates_its_cells(tmp_path: Path, separator: str) -> None:
    text = CANVAS.format(separator)
    jane, _ = read_roster(roster_file(tmp_path, text))
    assert jane == Student(
        canvas_id="71", id="S-100", username="js1@uni", integration_id="I7", name="Smith, Jané", section="A and B"
    )


def test_a_spreadsheets_unicode_text_is_read(tmp_path: Path) -> None:
    file = tmp_path / "roster.txt"
    file.write_bytes("Email address\tFull name\nm@example.org\tMaría\n".encode("utf-16"))
    assert read_roster(file) == [Student(email="m@example.org", name="María")]


def test_ids_go_back_into_the_columns_they_came_from(tmp_path: Path) -> None:
    students = read_roster(roster_file(tmp_path, CANVAS.format(",")))
    entries = match([SubmissionResult("js1@uni", 3, 4, ())], students)
    header, possible, row = canvas.render(entries, "hw").splitlines()
    assert header.startswith("Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,")
    assert possible.startswith("    Points Possible,,,,,,,4")
    assert row.startswith('"Smith, Jané",71,S-100,js1@uni,I7,A and B,')


def test_moodles_worksheet_gives_no_number_of_a_participant_for_an_id(tmp_path: Path) -> None:
    text = "Identifier,Full name,Email address,Grade\nParticipant 657737,Jane Smith,j@example.org,\n"
    assert read_roster(roster_file(tmp_path, text)) == [Student(name="Jane Smith", email="j@example.org")]


def test_a_row_that_stands_there_twice_counts_once(tmp_path: Path) -> None:
    assert len(read_roster(roster_file(tmp_path, "id,name\n17,Mary\n17,Mary\n"))) == 1


def test_the_same_id_of_two_people_is_one_line_and_neither_gets_a_grade(tmp_path: Path) -> None:
    file = roster_file(tmp_path, "id,username\n17,mary\n18,ann\n17,tom\n")
    students = read_roster(file)
    doubtful = twice(file, students)
    assert list(filter(None, doubtful.values())) == [
        f"{file}:4: the same id '17' as in line 2: correct one of them; neither has a grade yet"
    ]
    results = [SubmissionResult(f"hw-{name}", 1, 1, ()) for name in ("mary", "tom", "ann")]
    matched = [str(e.student) for e in match(results, students, None, doubtful) if e.result and e.student]
    assert matched == ["ann"]


def test_a_cell_that_was_made_harmless_is_read_as_it_was(tmp_path: Path) -> None:
    assert read_roster(roster_file(tmp_path, "submission,name\n'=cmd,'t Hooft\n")) == [
        Student(repository="=cmd", name="'t Hooft")
    ]
