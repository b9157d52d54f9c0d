"""No right answer keeps its points once its result is spoilt, on whatever condition a class will meet.

A sample of the solutions is spoilt in the ordinary run, and every right answer in every way with `-m long`.
`python -m tests.spoiling 5` prints what gets through in stage 5.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.course.catalogue import Exercise, Stage, stage, stages
from grader.course.stored_answers import stored_answers
from tests.domain import asked_of, questions, same_result
from tests.spoiling import CONDITIONS, SOLUTIONS, SPOILS, Spoiling, gets_full_points, solution_sources, tellable

# Stages whose checks do not yet catch every spoilt answer.
NOT_CLEAN_YET: set[int] = set()
SAMPLE = 11
# An exercise is spoilt once tests/domain.py says what it may be asked.
EXERCISES = [exercise for level in stages() for exercise in asked_of(level)]


def named(name: str) -> Exercise:
    return next(exercise for exercise in EXERCISES if exercise.name == name)


def by_stage(level: Stage) -> Any:
    unclean = pytest.mark.xfail(level.number in NOT_CLEAN_YET, reason="not clean yet", strict=False)
    return pytest.param(level, id=level.name, marks=unclean)


@pytest.mark.parametrize("level", [by_stage(stage(number)) for number in sorted({e.stage for e in EXERCISES})])
def test_no_spoilt_solution_of_the_sample_gets_full_points(level: Stage) -> None:
    sources = solution_sources(level.number)
    tried = [one for exercise in asked_of(level) for one in tellable(exercise, SAMPLE)]
    assert len(tried) > 30
    assert [str(one) for one in tried if gets_full_points(one, sources)] == []


@pytest.mark.long
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_no_spoilt_answer_gets_full_points(exercise: Exercise) -> None:
    if exercise.stage in NOT_CLEAN_YET:
        pytest.xfail("not clean yet")
    level = next(level for level in stages() if level.number == exercise.stage)
    kept = [a for a in stored_answers(SOLUTIONS, level) if exercise.name in a.shows]
    right = [a.sources for a in kept if a.shows[exercise.name].kind == "right"]
    escaped = [
        f"{one}, answer {place}"
        for one in tellable(exercise)
        for place, sources in enumerate([solution_sources(exercise.stage), *right])
        if gets_full_points(one, sources)
    ]
    assert escaped == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_every_exercise_is_asked_what_meets_the_conditions(exercise: Exercise) -> None:
    asked = list(questions(exercise.name, np.random.default_rng(1), 200))
    whens = ["always", "for an axis beyond 8", "for an axis beyond 16"]
    whens += ["for odd sizes"] if exercise.name != "held_out_perplexity" else []
    if exercise.name != "normalize_embeddings" and any(np.ndim(arg) > 1 for args in asked for arg in args):
        whens += ["for one row", "for more than four rows"]
    assert [when for when in whens if not any(CONDITIONS[when](args) for args in asked)] == []


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("softmax", "made absolute"),
        ("causal_mask", "1.02 times"),
        ("causal_mask", "put into an integer buffer"),
        ("init_weights", "1.02 times"),
        ("init_weights", "with its first number off"),
        ("embed_context", "clipped at 0"),
    ],
)
def test_what_no_check_can_tell_apart_is_not_asked_of_one(name: str, how: str) -> None:
    always = {one.how for one in tellable(named(name)) if one.when == "always"}
    assert (how in always) == (name == "embed_context")


@pytest.mark.parametrize("how", SPOILS)
def test_every_way_to_spoil_changes_some_result(how: str) -> None:
    spoiling = Spoiling(named("linear"), how, "always")
    result = np.random.default_rng(0).normal(size=(5, 4)) * 6
    assert not same_result("linear", spoiling.spoilt(result), result)


def test_one_result_of_several_is_spoilt_alone() -> None:
    first, second = Spoiling(named("scaled_attention"), "negated", "always", part=1).spoilt([np.ones(2), np.ones(2)])
    assert (first.tolist(), second.tolist()) == ([1, 1], [-1, -1])


def test_a_check_that_looks_at_too_little_lets_a_spoilt_answer_pass() -> None:
    blind = replace(
        named("linear"), checks=(replace(named("linear").checks[-1], run=lambda answer, rng, expected: None),)
    )
    spoiling = Spoiling(blind, "negated", "always")
    assert gets_full_points(spoiling, solution_sources(3))
    assert not gets_full_points(replace(spoiling, exercise=named("linear")), solution_sources(3))
