"""Who belongs to which submission: exactly that one; nobody is guessed, nobody is lost."""

from __future__ import annotations

import unicodedata

import pytest

from grader.results.formats.matching import match, report, summarised
from grader.results.formats.roster import Student
from grader.results.records import SubmissionResult

MARY, ANN, TOM, MARY_ANN = (Student(username=name) for name in ("mary", "ann", "tom", "mary-ann"))


def submissions(*names: str) -> list[SubmissionResult]:
    return [SubmissionResult(name, 1, 1, ()) for name in names]


def pairs(names: list[str], students: list[Student], prefix: str | None = None) -> dict[str, list[str]]:
    """Whoever gets the grade of each submission."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for entry in match(submissions(*names), students, prefix):
        if entry.result and entry.student:
            found[entry.result.submission].append(str(entry.student))
    return found


def test_the_prefix_that_all_submissions_share_is_taken_away() -> None:
    assert pairs(["hw-3-mary", "hw-3-ann"], [MARY, ANN]) == {"hw-3-mary": ["mary"], "hw-3-ann": ["ann"]}


@pytest.mark.parametrize(
    "names",
    [["hw-evil-mary"], ["hw-evil-mary", "hw-tom"], ["hw-evil-mary", "hw-tom", "hw-ann"], ["evil-mary"], ["rosemary"]],
)
def test_a_name_that_only_ends_like_somebodys_takes_no_grade(names: list[str]) -> None:
    assert pairs(names, [MARY, ANN, TOM])[names[0]] == []


def test_whoever_ends_alike_takes_nothing_from_the_one_who_is_meant() -> None:
    found = pairs(["hw-evil-mary", "hw-mary", "hw-mary-ann"], [MARY, MARY_ANN, ANN])
    assert found == {"hw-evil-mary": [], "hw-mary": ["mary"], "hw-mary-ann": ["mary-ann"]}


def test_two_prefixes_that_would_each_fit_somebody_fit_nobody() -> None:
    students = [ANN, Student(username="bob"), MARY_ANN, Student(username="mary-bob")]
    assert pairs(["hw-mary-ann", "hw-mary-bob"], students) == {"hw-mary-ann": [], "hw-mary-bob": []}
    assert pairs(["hw-mary-ann", "hw-mary-bob"], students, "hw-")["hw-mary-bob"] == ["mary-bob"]


def test_whole_names_are_prefixed_by_nothing() -> None:
    students = [Student(username="evil-mary"), MARY, Student(username="evil-tom"), TOM]
    assert pairs(["evil-mary", "evil-tom"], [MARY, TOM, Student(username="evil-mary")]) == {
        "evil-mary": ["evil-mary"],
        "evil-tom": [],
    }
    assert pairs(["evil-mary", "mary", "evil-tom"], students) == {
        "evil-mary": ["evil-mary"],
        "mary": ["mary"],
        "evil-tom": ["evil-tom"],
    }


def test_a_prefix_can_be_said() -> None:
    assert pairs(["attention-mary"], [MARY], "attention-") == {"attention-mary": ["mary"]}
    entries = match(submissions("hw-mary", "hw-ann", "template"), [MARY, ANN])
    assert "--prefix hw-" in summarised(entries)


def test_case_and_the_form_of_accents_do_not_matter() -> None:
    name = "Jané Müller"
    for written in (unicodedata.normalize("NFD", name), name.upper(), "Jané  Müller"):
        assert pairs([written], [Student(name=name)]) == {written: [name]}


@pytest.mark.parametrize(
    "folder", ["Jane Smith", "Smith, Jane", "Jane Smith_657737", "Jane Smith_657737_assignsubmission_file_"]
)
def test_folders_are_known_by_the_name(folder: str) -> None:
    assert pairs([folder], [Student(name="Smith, Jane", canvas_id="9")]) == {folder: ["Smith, Jane"]}


def test_canvas_own_number_counts_with_the_name_that_belongs_to_it() -> None:
    jane = Student(name="Smith, Jane", canvas_id="71")
    assert pairs(["smithjane_71"], [jane]) == {"smithjane_71": ["Smith, Jane"]}
    assert pairs(["hw_71"], [jane]) == {"hw_71": []}
    assert pairs(["smithjane_72"], [jane]) == {"smithjane_72": []}


def test_two_people_of_one_name_are_not_guessed_between() -> None:
    twins = [Student(name="Jane Smith", id="1"), Student(name="Jane Smith", id="2")]
    assert pairs(["Jane Smith"], twins) == {"Jane Smith": []}
    assert pairs(["1"], twins) == {"1": ["Jane Smith"]}


@pytest.mark.parametrize("address", ["team-7", "https://github.com/course/team-7.git", "course/Team-7/"])
def test_all_rows_of_one_repository_are_a_group(address: str) -> None:
    group = [Student(repository=address, username=name) for name in ("mary", "ann")]
    assert pairs(["team-7"], [*group, TOM]) == {"team-7": ["mary", "ann"]}


def test_two_submissions_of_one_student_are_not_guessed_between() -> None:
    jane = Student(username="jane", id="17")
    assert pairs(["jane", "17"], [jane]) == {"jane": [], "17": []}


def test_nobody_is_lost_and_all_is_said_in_one_line() -> None:
    entries = match(submissions("hw-mary", "hw-x\x1b"), [MARY, ANN])
    assert len(entries) == 3
    assert summarised(entries) == "1 submission of nobody on the roster; 1 student of the roster without a submission"
    lines = report(entries)
    assert "hw-x\\x1b" in lines[0].replace("\\\\", "\\")
    assert "'ann'" in lines[1]
