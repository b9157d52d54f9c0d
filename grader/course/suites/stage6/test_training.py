"""The gradient of the cross-entropy: every logit is moved, by how likely its token was."""

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, tolerance

ROWS, TOKENS = 4, 5


@shows("6.9", "cross_entropy_grad")
def test_gradient_follows_the_probabilities(answer: Answer, rng: Rng) -> None:
    """If two wrong tokens had probabilities 0.3 and 0.1, how should their gradients compare?"""
    logits, targets = _spread_logits(rng)
    louder, upside_down = np.sign(logits) * np.abs(logits) ** 1.6, -logits
    values = [answer(values, targets) for values in (logits, louder, upside_down, logits)]
    here, there, other, again = (array(value, (ROWS, TOKENS), "gradient") for value in values)
    slack = max(tolerance(value) for value in values)
    _require_life(here, other, again, slack)
    top = logits.argmax(axis=-1)
    if _same(here, there, slack):
        row = 0
        before, after = (_softmax(z)[row, top[row]] for z in (logits, louder))
        mistake(
            f"The probability of row {row}'s likeliest token went from {before:.2f} to {after:.2f}, the order of "
            f"the logits stayed, and your gradient of it did not move: {here[row, top[row]]:.3g} both times."
        )
    _name_bare_rows(here, logits, top, targets)
    if not _is_proportional(here, logits, targets, slack):
        blocked("the gradients of the tokens that were not the target do not compare as their probabilities")


def _spread_logits(rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """Logits [4, 5] that leave every token a fair probability; no target is the likeliest token."""
    logits = np.array([rng.permutation([-0.9, -0.4, 0.2, 0.7, 1.3]) for _ in range(ROWS)])
    logits += rng.uniform(-0.1, 0.1, size=logits.shape)
    targets = np.array([rng.choice(np.argsort(row)[1:-1]) for row in logits])
    return logits, targets


def _same(a: np.ndarray, b: np.ndarray, slack: float) -> bool:
    return bool(np.abs(a - b).max() <= slack * max(float(np.abs(a).max()), 1e-12))


def _require_life(here: np.ndarray, other: np.ndarray, again: np.ndarray, slack: float) -> None:
    """Block the check of a gradient that is noise or does not depend on the logits."""
    if not _same(here, again, slack):
        blocked("two calls with the same arguments gave different gradients")
    if _same(here, other, slack):
        blocked("your gradient does not depend on the logits")


def _name_bare_rows(here: np.ndarray, logits: np.ndarray, top: np.ndarray, targets: np.ndarray) -> None:
    """A gradient at the likeliest token, and none at others that are neither likeliest nor target."""
    others = np.ones(here.shape, dtype=bool)
    rows = np.arange(ROWS)
    others[rows, top] = others[rows, targets] = False
    largest = float(np.abs(here).max())
    if np.abs(here[others]).max() <= 1e-6 * largest and np.abs(here[rows, top]).min() > 1e-6 * largest:
        row = 0
        token = int(np.flatnonzero(others[row])[0])
        mistake(
            f"In row {row}, token {token} has probability {_softmax(logits)[row, token]:.2f} and gets the gradient "
            f"{here[row, token]:.3g}; the likeliest token gets {here[row, top[row]]:.3g}."
        )


def _softmax(logits: np.ndarray) -> np.ndarray:
    exps = np.exp(logits)
    return np.asarray(exps / exps.sum(axis=-1, keepdims=True))


def _is_proportional(here: np.ndarray, logits: np.ndarray, targets: np.ndarray, slack: float) -> bool:
    """Whether the tokens that are not the target get gradients in the ratio of their probabilities."""
    share = here / np.exp(logits)
    rest = np.ones(here.shape, dtype=bool)
    rest[np.arange(ROWS), targets] = False
    shares = share[rest].reshape(ROWS, -1)
    level = shares.mean(axis=-1, keepdims=True)
    return bool((np.abs(shares - level) <= 10 * slack * np.abs(level)).all() and (level != 0).all())


@general("cross_entropy_grad")
def test_gradient_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Raise one logit of one row by a little: by how much does the mean loss of the batch change?"""
    cases = ((1, 2), (1, 3), (2, 3), (3, 5), (4, 4), (6, 2), (7, 11), (1, 2))
    for number, (rows, tokens) in enumerate(cases):
        logits = rng.normal(scale=1.5, size=(rows, tokens))
        targets = rng.integers(tokens, size=rows).astype(np.int32 if number == 4 else np.int64)
        expected.compare(answer, logits.astype(np.float32) if number == 3 else logits, targets)
    expected.compare(answer, np.zeros((3, 4)), np.array([1, 1, 0]))
    expected.compare(answer, rng.normal(size=(3, 4)) + 5 * np.eye(3, 4), np.arange(3))
