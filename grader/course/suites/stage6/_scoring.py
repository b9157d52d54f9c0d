"""What gpt_logits is asked with, and what its scores say of how they were made."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.course.checks import Answer, Rng, blocked
from grader.course.measure import array
from grader.course.suites.stage6._probe import Layer, misuse, norm, sublayer


class Model:
    """What gpt_logits is given, and what the student's answers look like for other tables, scales and norms."""

    def __init__(self, answer: Answer, rng: Rng) -> None:
        self.answer = answer
        self.x = rng.normal(size=(3, 4, 4))
        self.table, self.other_table = rng.normal(size=(7, 4)), rng.normal(size=(7, 4))
        self.first, self.last, self.norm = (
            sublayer(rng, "the first block"),
            sublayer(rng, "the last block"),
            norm(rng, "final_norm"),
        )

    def logits(
        self,
        table: np.ndarray | None = None,
        scale: float = 1.0,
        gain: float = 1.0,
        x: np.ndarray | None = None,
    ) -> Any:
        """The student's logits, after a check of their shape; also those with a last block `scale` times as loud."""
        last = Layer("the last block", lambda z: scale * self.last.function(z))
        final = Layer("final_norm", lambda z: gain * self.norm.function(z))
        value = self.answer(
            self.x if x is None else x, [self.first, last], final, self.table if table is None else table
        )
        problem = misuse(self.first, last, final)
        if problem:
            blocked(problem)
        array(value, (3, 4, 7), "result")
        return value

    def streams(self) -> tuple[np.ndarray, np.ndarray]:
        """The stream after the last block, and after the final norm: [N, D] each."""
        stream = self.last.function(self.first.function(self.x)).reshape(-1, 4)
        return stream, self.norm.function(stream)


def share_left(logits: np.ndarray, features: np.ndarray) -> float:
    """The share of the scores that is not features [N, D] times any matrix."""
    flat = logits.reshape(len(features), -1).astype(np.float64)
    matrix = np.linalg.lstsq(features, flat, rcond=None)[0]
    return float(np.abs(features @ matrix - flat).max() / np.abs(flat).max())


def as_scores(value: np.ndarray) -> tuple[np.ndarray, str]:
    """Logits as float64, and what they are called.

    Where a student returns probabilities or their logarithms, what the logits are above that of token 0.
    """
    scores = value.astype(np.float64)
    if (scores > 0).all() and np.allclose(scores.sum(axis=-1), 1, atol=1e-2):
        scores = np.log(scores)
        return scores - scores[..., :1], "the differences between the logarithms of your scores"
    if np.allclose(np.exp(np.minimum(scores, 1)).sum(axis=-1), 1, atol=1e-2):
        return scores - scores[..., :1], "the differences between your scores"
    return scores, "your scores"
