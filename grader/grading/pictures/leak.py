"""Which position leaks into which: a position is changed, and the outputs that move with it are seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from grader.course.measure import softmax
from grader.grading.pictures.asking import Ask
from grader.grading.pictures.attention import CAUSAL, SIZE, inputs
from grader.results.picture import NONE, Picture, panel


def _leak(ask: Ask) -> Picture | None:
    """Changes [T, T]: of every output, by every position of the input."""
    make = inputs(SIZE)
    x, other, w_q, w_k, w_v = (next(make) for _ in range(5))

    def right(changed: np.ndarray) -> np.ndarray:
        scores = np.einsum("qd,kd->qk", changed @ w_q, changed @ w_k) / SIZE**0.5
        outputs: np.ndarray = softmax(scores + CAUSAL) @ (changed @ w_v)
        return outputs

    def yours(changed: np.ndarray) -> np.ndarray:
        got = ask.array(changed[None], w_q, w_k, w_v)
        if got is None or got.shape != (1, SIZE, SIZE):
            raise ValueError("nothing to draw")
        outputs: np.ndarray = got[0]
        return outputs

    later = np.argwhere(~np.tri(SIZE, dtype=bool)).tolist()
    got, want = (_changes(function, x, other) for function in (yours, right))
    leaks = [cell for cell in later if not abs(got[tuple(cell)]) <= NONE]
    caption = "How much each of your outputs moves when one position of the input is changed."
    panels = (panel("yours", got, later, leaks), panel("expected", want, later))
    return Picture("leak", caption, "output", "changed", panels)


def _changes(outputs: Callable[[np.ndarray], np.ndarray], x: np.ndarray, other: np.ndarray) -> np.ndarray:
    before = outputs(x)
    after = [outputs(np.where(np.arange(len(x))[:, None] == place, other, x)) for place in range(len(x))]
    moved = [np.abs(changed - before).max(axis=-1) for changed in after]
    return np.stack(moved, axis=1)


PICTURES: Mapping[tuple[str, str], Callable[[Ask], Picture | None]] = {("causal_self_attention", "5.1"): _leak}
