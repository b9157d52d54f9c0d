"""What the report counts is what the results say."""

from __future__ import annotations

from grader.results.verdict import UNUSABLE_TITLE
from tests.results.report.classes import check, content, drawn_class, result


def test_scores_are_shares_with_mean_and_median() -> None:
    right, wrong = check(), check("wrong")
    found = content(result("ada", right, right), result("bo", right, wrong), result("cy", wrong, wrong, wrong))
    assert (found.mean, found.median) == (0.5, 0.5)
    assert found.histogram() == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]


def test_a_score_on_a_border_is_in_the_tenth_that_begins_there() -> None:
    for tenths in range(11):
        checks = [
            check("passed" if n < tenths else "wrong", points=0.1 * (n < tenths), max_points=0.1) for n in range(10)
        ]
        assert content(result("ada", *checks)).histogram()[min(tenths, 9)] == 1


def test_a_class_of_nobody_has_no_mean() -> None:
    found = content()
    assert (found.mean, found.median, found.histogram(), found.mistakes()) == (0, 0, [0] * 10, [])


def test_a_student_counts_once_for_a_mistake_made_in_two_exercises() -> None:
    both = [check("mistake", id="5.1", exercise=name) for name in ("causal_mask", "scaled_attention")]
    other = [check(id="5.1", exercise=name) for name in ("causal_mask", "scaled_attention")]
    (bar,) = content(result("ada", *both), result("bo", *other)).mistakes()
    assert (bar.label, bar.count, bar.whole, len(bar.columns)) == ("5.1", 1, 2, 2)
    assert bar.title


def test_mistakes_come_most_frequent_first_and_then_by_number() -> None:
    made = [check("mistake", id=label) for label in ("5.10", "5.9")]
    bars = content(
        result("ada", *made, check("mistake", id="5.4")), result("bo", check("mistake", id="5.4"))
    ).mistakes()
    assert [bar.label for bar in bars] == ["5.4", "5.9", "5.10"]


def test_an_exercise_is_passed_by_whom_all_of_its_checks_are() -> None:
    half = [check(), check("blocked", id="5.4")]
    (bar,) = content(result("ada", check(), check(id="5.4")), result("bo", *half)).exercises()
    assert (bar.label, bar.count, bar.whole) == ("heads", 1, 2)


def test_who_was_not_asked_a_stage_is_in_none_of_its_counts() -> None:
    found = content(result("ada", check(exercise="linear", stage=3)), result("bo", check("mistake", id="5.4")))
    assert [student.marks for student in found.students] == ["p-", "-m"]
    assert [bar.whole for bar in [*found.exercises(), *found.mistakes()]] == [1, 1, 1]


def test_slips_hold_students_by_number() -> None:
    first = check("wrong", slip="x")
    (slip,) = content(result("a\x1b", first), result("a\\x1b", first), result("cy", check())).slips
    assert slip.students == ("0", "1")


def test_problems_are_what_could_not_be_judged_at_all() -> None:
    unusable = check("error", title=UNUSABLE_TITLE, message="heads.py is missing")
    found = content(result("ada", unusable, unusable), result("bo", check("error", message="ValueError")))
    assert [student.problems for student in found.students] == [("stage 5, heads: heads.py is missing",), ()]


def test_every_student_has_a_mark_for_each_column() -> None:
    found = drawn_class(30)
    assert {len(student.marks) for student in found.students} == {len(found.columns)}
    assert {code for student in found.students for code in student.marks} == set("pmweobt")
