"""What weights without a mask show, said as verdicts."""

from __future__ import annotations

import math
from typing import Any, NoReturn

import numpy as np

from grader.course.checks import Answer, Rng, blocked, mistake
from grader.course.suites.stage5._keys import any_slope, wrong_dot
from grader.course.suites.stage5._probe import (
    BATCH,
    FULL_CUBE,
    HEADS,
    SINGLE,
    Look,
    inputs,
    same,
    softmax_axis_name,
)
from grader.student.faults import Raised


def require_root_of_d_k(look: Look) -> None:
    """Name 5.2 where the temperature is another; block the check where none can be read."""
    found = any_slope(look)
    if found is None or found <= 0:
        blocked("the logarithms of your weights do not follow q·k, so the temperature cannot be read from them")
    root = math.sqrt(look.q.shape[-1])
    if abs(found * root - 1) > (0.02 if look.slack < 1e-3 else 0.05):
        mistake(
            "With d_k = {d_k}, your scores are q·k divided by {divisor}, where √d_k is {root}: "
            "they are {factor:times} as large as they should be.",
            d_k=look.q.shape[-1],
            factor=found * root,
            divisor=1 / found,
            root=root,
        )


def require_row_sums(look: Look) -> None:
    """Block the check unless the weights of each query sum to one."""
    if look.axes is None:
        refuse_sums(look)
    if look.axes != (-1,):
        blocked(f"your weights sum to one over {softmax_axis_name(look.axes, look.weights.ndim)}")


def refuse_sums(look: Look) -> NoReturn:
    """Block the check: the weights sum to one along no axis."""
    sums = look.weights.sum(axis=-1)
    blocked(
        "your rows of weights sum to {least} up to {most}, and no other axis sums to one",
        least=float(sums.min()),
        most=float(sums.max()),
    )


def returned_transposed(look: Look) -> bool:
    """Whether the output was made with the weights that came back, queries and keys in each other's place."""
    transposed = np.swapaxes(look.weights, -1, -2)
    return transposed.shape == look.weights.shape and same(look.output, transposed @ look.v, look.slack)


def seen_in_a_dot(answer: Answer, rng: Rng) -> tuple[str, dict[str, Any]] | None:
    """In words, the wrong transpose of K behind weights that np.dot gave an axis too many."""
    q, k, v = inputs(rng, FULL_CUBE, 1.0)
    try:
        return wrong_dot(answer(q, k, v), q, k)
    except Raised:
        return None


def fault_of(answer: Answer, rng: Rng) -> Raised | None:
    """What the mistake raises where the lengths do not fit by chance."""
    for shape in (BATCH, SINGLE, HEADS):
        try:
            answer(*inputs(rng, shape, 1.0))
        except Raised as fault:
            return fault
    return None
