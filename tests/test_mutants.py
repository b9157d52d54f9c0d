"""The sweep of one-slip mutants: it makes real slips, and counts them for what they are."""

from __future__ import annotations

import random

import pytest

from benchmarks.mutants import is_harmless, judge, mutants, sweep
from grader.course.catalogue import Exercise, Stage, stages
from grader.student.loader import Source
from tests.domain import asked_of
from tests.spoiling import solution_sources

LINEAR = "import numpy as np\n\n\ndef linear(x, weight, bias):\n    return {}\n"


def exercise(name: str) -> Exercise:
    return next(e for level in stages() for e in level.exercises if e.name == name)


def linear(expression: str) -> dict[str, Source]:
    return {**solution_sources(3), "layers": Source("layers.py", (LINEAR.format(expression).encode(),))}


def test_every_mutant_is_python_and_differs_in_one_place() -> None:
    source = LINEAR.format("np.sum(x[:, 1:], axis=-1, keepdims=True) + 2")
    made = [text for text, _, _ in mutants(source)]
    assert len(made) == len(set(made)) > 10
    for text in made:
        compile(text, "mutant", "exec")
    assert any("keepdims=False" in text for text in made)
    assert any("axis=-2" in text for text in made)
    assert any("- 2" in text for text in made)


@pytest.mark.parametrize(
    ("expression", "harmless", "came"),
    [
        ("bias + x @ weight", True, "passed"),
        ("x @ weight - bias", False, "wrong"),
        ("x @ weight", False, "named"),
        ("x.nothing", False, "wrong"),
    ],
)
def test_a_mutant_is_counted_for_what_it_is(expression: str, harmless: bool, came: str) -> None:
    assert is_harmless(exercise("linear"), linear(expression)) is harmless
    assert judge(exercise("linear"), linear(expression)) == came


@pytest.mark.parametrize("level", list(filter(asked_of, stages())), ids=lambda level: level.name)
def test_no_mutant_of_a_small_sample_escapes(level: Stage) -> None:
    counts = sweep(level, 0.05, random.Random(3), verbose=True)
    assert counts.total() > 5
    assert (counts["escaped"], counts["false alarm"]) == (0, 0)


@pytest.mark.long
@pytest.mark.parametrize("level", list(filter(asked_of, stages())), ids=lambda level: level.name)
def test_no_mutant_escapes(level: Stage) -> None:
    counts = sweep(level, 1.0, random.Random(1), verbose=True)
    assert (counts["escaped"], counts["false alarm"]) == (0, 0)
