"""The board that students see at the end of a run."""

from grader.results.board import board
from grader.results.verdict import Verdict


def verdicts(exercise: str, *ids: str | None) -> list[Verdict]:
    return [Verdict(label, exercise, 5, "passed", 1.0, 1.0) for label in ids]


def test_marks_that_do_not_fit_in_one_line_go_on_in_the_next() -> None:
    ids = ("5.1", "5.2", "5.3", "5.8", "5.9", "5.11", "5.12", "5.14", None)
    lines = [line.text for line in board(5, "attention", verdicts("scaled_attention", *ids))]
    assert lines[1:3] == [
        " scaled_attention        5.1 ✓  5.2 ✓  5.3 ✓  5.8 ✓  5.9 ✓  5.11 ✓",
        "                         5.12 ✓  5.14 ✓  general ✓                          9/9",
    ]
    assert max(map(len, lines)) <= 80


def test_an_exercise_of_a_few_checks_takes_one_line() -> None:
    lines = [line.text for line in board(5, "", verdicts("add_positions", "5.6", None))]
    assert lines[1] == " add_positions           5.6 ✓  general ✓                                   2/2"
