"""Every documented mistake has three hints, and none of them is the answer."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from grader.course.catalogue import stages
from grader.course.hints import hints
from tests.conftest import ROOT

MISTAKES = [mistake for stage in stages() for mistake in stage.pages]
# Shorter ones, such as `x.shape`, are words of the field rather than an answer.
SHORTEST = 10


def squeezed(text: str) -> str:
    return re.sub(r"[\s`]", "", text)


@cache
def expressions(number: str) -> set[str]:
    """Every expression of a stage's solutions that computes something, as it stands there, without spaces."""
    found = set()
    for path in (ROOT / f"solutions/stage{number}").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.BinOp | ast.Call | ast.Compare | ast.Subscript | ast.UnaryOp | ast.BoolOp):
                found |= {squeezed(ast.get_source_segment(text, node) or ""), squeezed(ast.unparse(node))}
    return {expression for expression in found if len(expression) >= SHORTEST}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_has_three_hints(mistake: str) -> None:
    steps = hints(mistake)
    assert len(steps) == 3
    assert len(set(steps)) == 3
    assert all(step.endswith((".", "?")) for step in steps)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_hint_holds_an_expression_of_the_solution(mistake: str) -> None:
    answers = expressions(mistake.partition(".")[0])
    assert answers
    for step in hints(mistake):
        assert not [answer for answer in answers if answer in squeezed(step)], step


def test_the_solutions_expressions_are_seen_in_a_hint_that_holds_one() -> None:
    assert squeezed("It is `np.swapaxes(k, -1, -2)`.").find("np.swapaxes(k,-1,-2)") >= 0
    assert any("swapaxes" in answer or "einsum" in answer for answer in expressions("5"))


def test_an_unknown_mistake_has_none() -> None:
    assert hints("5.99") == hints("9.1") == hints("x") == ()
