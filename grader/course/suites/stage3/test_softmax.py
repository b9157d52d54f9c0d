"""Softmax: each row of scores becomes a distribution over the vocabulary."""

from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, close, is_constant, softmax, tolerance
from grader.student.faults import Raised

SHAPES = ((4, 7), (5, 5), (6, 3))

# Scores up to ±30 are ordinary; rows up to ±10,000 are steep, alone and in one batch.
ORDINARY = ((1, 4), (3, 5), (6, 20))
STEEP = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [9992.0, 9000.0, 1e4], [-1e4, -9992.0, -9984.0]])
OVERFLOW = ("OverflowError", "ZeroDivisionError", "FloatingPointError")


def _scores(rng: Rng, batch: int, vocab_size: int) -> np.ndarray:
    """Scores [B, V] whose rows lie at levels of their own, so that a sum over the batch differs from one over a row."""
    levels = np.arange(batch)[:, None] * 1.5
    scores: np.ndarray = rng.uniform(-1.0, 1.0, (batch, vocab_size)) + rng.permutation(levels)
    return scores


@shows("3.1", "softmax")
def test_each_row_sums_to_one(answer: Answer, rng: Rng) -> None:
    """One row of scores is one prediction: which of your numbers must add up to 1?"""
    for batch, vocab_size in SHAPES:
        scores = _scores(rng, batch, vocab_size)
        returned = answer(scores)
        probs = array(returned, (batch, vocab_size), "result")
        if is_constant(probs):
            blocked("all your numbers are the same, whatever the scores are")
        slack = tolerance(returned) * 2
        _require_row_sums(probs, slack)
        _require_rows_of_their_own(answer, scores, probs, slack)


def _require_row_sums(probs: np.ndarray, slack: float) -> None:
    rows, columns = probs.sum(axis=1), probs.sum(axis=0)
    row = int(np.argmax(np.abs(rows - 1)))
    if abs(rows[row] - 1) <= slack:
        return
    seen: dict[str, Any] = {"row": row, "total": float(rows[row]), "shape": list(probs.shape)}
    if np.abs(columns - 1).max() <= slack:
        mistake(
            "Row {row} of your result sums to {total} for logits of shape {shape}; "
            "each column, over the batch, sums to 1.",
            **seen,
        )
    if abs(rows.sum() - 1) <= slack:
        mistake(
            "Row {row} of your result sums to {total} for logits of shape {shape}; "
            "only all {size} numbers together sum to 1.",
            **seen,
            size=probs.size,
        )
    blocked("row {row} of your result sums to {total}, and the sums over the batch are not 1 either", **seen)


def _require_rows_of_their_own(answer: Answer, scores: np.ndarray, probs: np.ndarray, slack: float) -> None:
    """A distribution that does not follow its row's scores says nothing about axes."""
    turned = array(answer(scores[::-1, ::-1].copy()), probs.shape, "result")
    if np.abs(turned[::-1, ::-1] - probs).max() > slack or np.abs(probs - probs[:, :1]).max() <= slack:
        blocked("your rows sum to 1, but they do not follow the scores")


@shows("3.11", "softmax")
def test_large_scores_give_distributions_too(answer: Answer, rng: Rng) -> None:
    """Which is the largest number that your code gives to exp, and what does numpy make of it?"""
    for shape in ORDINARY:
        _require_ordinary_rows(answer, rng.uniform(-30.0, 30.0, shape))
    others = []
    for scores in (*(row[None] for row in STEEP), rng.permutation(STEEP)):
        probs = _steep_probabilities(answer, scores)
        others += [] if close(probs, softmax(scores), 10) else [scores]
    if others:
        blocked("for logits {logits} your rows sum to 1, but they are not the softmax", logits=others[0])


def _require_ordinary_rows(answer: Answer, scores: np.ndarray) -> None:
    returned, right = answer(scores), softmax(scores)
    probs = array(returned, scores.shape, "result")
    if not close(returned, right):
        row = int(np.argmax(np.abs(probs - right).max(axis=1)))
        blocked("row {row} of your result is not right even for scores between −30 and 30", row=row)


def _steep_probabilities(answer: Answer, scores: np.ndarray) -> np.ndarray:
    """The result [B, V] for steep scores; where a row of it is no distribution, that is 3.11."""
    try:
        returned = answer(scores)
    except Raised as fault:
        if fault.type_name not in OVERFLOW:
            raise
        mistake(
            "Scores between −30 and 30 come out right; for logits {logits} your function raises {fault}.",
            logits=scores,
            fault=str(fault),
            explains=fault,
        )
    probs = array(returned, scores.shape, "result", finite=False)
    totals = probs.sum(axis=1)
    sound = np.isfinite(probs).all(axis=1) & (np.abs(totals - 1) <= 2 * tolerance(returned))
    if not sound.all():
        row = int(np.argmin(sound))
        company = ", in a batch with scores up to {largest}," if len(scores) > 1 else ""
        seen: dict[str, Any] = {"largest": float(scores.max())} if company else {}
        mistake(
            "Scores between −30 and 30 come out right. The row of scores {scores}"
            + company
            + " becomes {probs}: these numbers must be finite and sum to 1.",
            scores=scores[row],
            probs=probs[row],
            **seen,
        )
    return probs


@general("softmax")
def test_softmax_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Work it out by hand for the row [0, log 3]. What if 10,000 is added to both scores?"""
    for batch, vocab_size in ((1, 2), (1, 5), (3, 1), (2, 3), (4, 4), (32, 7), (2, 20), (1, 5)):
        expected.compare(answer, rng.normal(0, 2, (batch, vocab_size)))
    for shape in ((3, 6), (5, 18)):
        expected.compare(answer, rng.normal(0, 3, shape).astype(np.float32))
    for scores in (*(row[None] for row in STEEP), STEEP, STEEP[:, rng.permutation(3)]):
        expected.compare(answer, scores)
