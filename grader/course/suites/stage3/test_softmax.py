"""Softmax: each row of scores becomes a distribution over the vocabulary."""

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, is_constant, tolerance

SHAPES = ((4, 7), (5, 5), (6, 3))


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
        _name_the_wrong_axis(probs, slack)
        if np.abs(probs.sum(axis=1) - 1).max() > slack:
            blocked(f"row 0 of your result sums to {probs[0].sum():.3g}, which no wrong axis explains")
        _require_rows_of_their_own(answer, scores, probs, slack)


def _name_the_wrong_axis(probs: np.ndarray, slack: float) -> None:
    rows, columns = probs.sum(axis=1), probs.sum(axis=0)
    worst = int(np.argmax(np.abs(rows - 1)))
    if abs(rows[worst] - 1) <= slack:
        return
    shape = f"For {len(rows)} rows of {len(columns)} scores, row {worst} of your result sums to {rows[worst]:.2f}"
    if np.abs(columns - 1).max() <= slack:
        mistake(f"{shape}, and every column, over the batch, to 1.00.")
    if abs(rows.sum() - 1) <= slack:
        mistake(f"{shape}; only all {probs.size} numbers together sum to 1.00.")


def _require_rows_of_their_own(answer: Answer, scores: np.ndarray, probs: np.ndarray, slack: float) -> None:
    """A distribution that does not follow its row's scores says nothing about axes."""
    turned = array(answer(scores[::-1, ::-1].copy()), probs.shape, "result")
    if np.abs(turned[::-1, ::-1] - probs).max() > slack or np.abs(probs - probs[:, :1]).max() <= slack:
        blocked("your rows sum to one, but they do not follow the scores")


@general("softmax")
def test_softmax_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Work it out by hand for the row [0, log 3]. What if 10,000 is added to both scores?"""
    for batch, vocab_size in ((1, 2), (1, 5), (3, 1), (2, 3), (4, 4), (32, 7), (1, 5)):
        expected.compare(answer, rng.normal(0, 2, (batch, vocab_size)))
    expected.compare(answer, rng.normal(0, 3, (3, 6)).astype(np.float32))
    far = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [9992.0, 9000.0, 1e4], [-1e4, -9992.0, -9984.0]])
    for scores in (*(row[None] for row in far), far, far[:, rng.permutation(3)]):
        expected.compare(answer, scores)
