"""Who belongs to which submission: nobody is guessed, nobody is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.results.formats.roster import RosterError, Student, match, read_roster, report
from grader.results.records import SubmissionResult


def submissions(*names: str) -> list[SubmissionResult]:
    return [SubmissionResult(name, 1, 1, ()) for name in names]


def pairs(names: list[str], students: list[Student]) -> list[tuple[str | None, str | None]]:
    return [
        (entry.result.submission if entry.result else None, entry.student.username if entry.student else None)
        for entry in match(submissions(*names), students)
    ]


MARY, ANN, MARY_ANN = (Student(username=name) for name in ("mary", "ann", "mary-ann"))


def test_a_repository_is_known_by_the_name_at_its_end() -> None:
    assert pairs(["attention-mary"], [MARY]) == [("attention-mary", "mary")]


def test_the_longest_ending_wins() -> None:
    assert pairs(["hw-mary-ann", "hw-ann"], [ANN, MARY_ANN]) == [
        ("hw-mary-ann", "mary-ann"),
        ("hw-ann", "ann"),
    ]


def test_an_ending_must_begin_at_a_hyphen() -> None:
    assert pairs(["attention-rosemary"], [MARY]) == [("attention-rosemary", None), (None, "mary")]


def test_case_does_not_matter() -> None:
    assert pairs(["Attention-MARY"], [MARY]) == [("Attention-MARY", "mary")]


def test_a_repository_address_names_its_clone() -> None:
    student = Student(repository="https://github.com/course/attention-team-7.git", username="ann")
    assert pairs(["attention-team-7"], [student]) == [("attention-team-7", "ann")]


def test_two_submissions_of_one_student_are_not_guessed_between() -> None:
    found = pairs(["hw-mary", "lab-mary"], [MARY])
    assert found == [("hw-mary", None), ("lab-mary", None), (None, "mary")]


def test_two_students_of_one_name_are_not_guessed_between() -> None:
    twins = [Student(username="mary", id="1"), Student(username="mary", id="2")]
    assert pairs(["hw-mary"], twins) == [("hw-mary", None), (None, "mary"), (None, "mary")]


def test_whoever_is_in_one_list_only_is_reported() -> None:
    lines = report(match(submissions("hw-mary", "hw-x\x1b"), [MARY, ANN]))
    assert len(lines) == 2
    assert "hw-x\\x1b" in lines[0].replace("\\\\", "\\")
    assert "'ann'" in lines[1]


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
        ("name,grade\nMary,1\n", ":1: no column to match by"),
        ("name,email\nMary,m@example.org\nTom,\n", ":3: no repository, user name, id or e-mail"),
        ("", ":1: no column to match by"),
    ],
)
def test_a_roster_that_cannot_be_used_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RosterError, match=said):
        read_roster(roster_file(tmp_path, text))


def test_a_roster_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(b"email,name\nm@example.org,Andr\xe9\n")
    with pytest.raises(RosterError, match="UTF-8"):
        read_roster(file)
