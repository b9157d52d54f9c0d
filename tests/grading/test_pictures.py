"""Pictures of the answers that are kept beside the solutions: the mistake is to be seen in each."""

from __future__ import annotations

import time
from typing import Any

import pytest

from grader.grading.pictures import PICTURES, with_pictures
from grader.results.picture import Picture
from grader.results.verdict import Verdict
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules
from tests.test_matrix import ANSWERS


def picture_of(exercise: str, mistake: str, name: str) -> Picture | None:
    """The picture of a kept answer, by its file's name."""
    answer = next(a for a in ANSWERS if a.path.stem == name and mistake in a.shows.get(exercise, NOTHING).must)
    functions = InProcessFunctions(StageModules(answer.sources), watch=False)
    verdict = Verdict(mistake, exercise, answer.stage.number, "mistake", 0, 1)
    return with_pictures([verdict], lambda _: functions)[0].picture


class NOTHING:
    must: frozenset[str] = frozenset()


@pytest.mark.parametrize(("exercise", "mistake"), PICTURES)
def test_every_kind_is_drawn_for_some_answer(exercise: str, mistake: str) -> None:
    names = (a.path.stem for a in ANSWERS if mistake in a.shows.get(exercise, NOTHING).must)
    assert any(picture_of(exercise, mistake, name) for name in names)


def test_a_weight_that_is_dropped_is_missing_from_the_sum_of_its_row() -> None:
    picture = picture_of("scaled_attention", "5.9", "zeroed_after_softmax")
    assert picture is not None
    assert picture.off_sums(picture.panels[0]) == {0, 1, 2, 3}
    assert not picture.off_sums(picture.panels[1])
    assert len(picture.panels[0].masked) == 10


def test_gradients_that_were_overwritten_are_marked() -> None:
    picture = picture_of("embedding_backward", "3.2", "loops_and_overwrites")
    assert picture is not None
    assert picture.panels[0].marked == {(1, 0), (1, 2), (3, 1)}


def test_who_answers_anything_at_all_gets_no_picture_and_no_error() -> None:
    class Odd:
        def __init__(self, answer: Any) -> None:
            self.answer = answer

        def begin(self, *_: Any) -> None: ...

        def call(self, *_: Any) -> Any:
            return self.answer

    import numpy as np

    answers = [None, 1, "x", [], [1, 2], np.zeros(0), np.zeros((2,) * 20), np.full((5, 5), np.nan), np.array("x")]
    answers += [np.full((9, 9), 1e308), np.full((5, 5), "x"), [np.zeros(3), np.full((5, 5), np.inf)], np.eye(5) * 1j]
    for answer in answers:
        for exercise, mistake in PICTURES:
            verdict = Verdict(mistake, exercise, int(mistake[0]), "mistake", 0, 1)
            started = time.monotonic()
            with_pictures([verdict], lambda _, answer=answer: Odd(answer))  # type: ignore[misc]
            assert time.monotonic() - started < 5


def test_a_check_that_passed_or_waits_asks_for_no_picture() -> None:
    verdicts = [Verdict("5.9", "scaled_attention", 5, status, 0, 1) for status in ("passed", "blocked", "wrong")]
    assert with_pictures(verdicts, lambda _: None) == verdicts  # type: ignore[arg-type, return-value]
