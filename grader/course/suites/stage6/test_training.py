"""The gradient of the cross-entropy: every logit is moved, by how likely its token was."""

from collections.abc import Callable
from typing import NoReturn

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, close, softmax, tolerance

ROWS, TOKENS = 4, 5
BATCHES = ((4, 5), (3, 7), (1, 6))
# What else a gradient may have been multiplied by, from B rows and V tokens.
FACTORS: tuple[tuple[str, Callable[[int, int], float]], ...] = (
    ("B", lambda b, v: b),
    ("V", lambda b, v: v),
    ("1 / B", lambda b, v: 1 / b),
    ("1 / V", lambda b, v: 1 / v),
    ("B / V", lambda b, v: b / v),
)


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
        before, after = (softmax(z)[row, top[row]] for z in (logits, louder))
        mistake(
            "With other logits in the same order, the probability of the likeliest token of row {row} is {after} "
            "instead of {before}. Your gradient of that token is {gradient} both times.",
            row=row,
            before=float(before),
            after=float(after),
            gradient=float(here[row, top[row]]),
        )
    _name_bare_rows(here, logits, top, targets)
    if not _is_proportional(here, logits, targets, slack):
        blocked("your gradients of the tokens that are not the target are not in the ratio of their probabilities")


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
        blocked("the same inputs give different gradients on each call")
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
            "In row {row}, token {token} has the probability {probability} and your gradient of it is {gradient}. "
            "Your gradient of the likeliest token is {top}.",
            row=row,
            token=token,
            probability=float(softmax(logits)[row, token]),
            gradient=float(here[row, token]),
            top=float(here[row, top[row]]),
        )


def _is_proportional(here: np.ndarray, logits: np.ndarray, targets: np.ndarray, slack: float) -> bool:
    """Whether the tokens that are not the target get gradients in the ratio of their probabilities."""
    share = here / np.exp(logits)
    rest = np.ones(here.shape, dtype=bool)
    rest[np.arange(ROWS), targets] = False
    shares = share[rest].reshape(ROWS, -1)
    level = shares.mean(axis=-1, keepdims=True)
    return bool((np.abs(shares - level) <= 10 * slack * np.abs(level)).all() and (level != 0).all())


@shows("6.14", "cross_entropy_grad")
def test_gradient_is_averaged_over_the_batch(answer: Answer, rng: Rng) -> None:
    """Write the same row into the batch twice: what happens to the mean loss, and so to the gradient of each row?"""
    seen = []
    for rows, tokens in BATCHES:
        logits, targets = rng.normal(size=(rows, tokens)), rng.integers(tokens, size=rows)
        value = answer(logits, targets)
        array(value, (rows, tokens), "gradient")
        seen.append((value, _gradient(logits, targets)))
    if all(close(value, right) for value, right in seen):
        return
    for factor, of in FACTORS:
        if all(close(value, of(*right.shape) * right) for value, right in seen):
            _name_factor(factor, [of(*shape) for shape in BATCHES], *seen[0])
    blocked("your gradient is wrong in another way than by a factor such as B or 1 / V")


def _gradient(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The gradient of the mean loss."""
    return np.asarray((softmax(logits) - np.eye(logits.shape[1])[targets]) / len(logits))


def _name_factor(factor: str, times: list[float], value: np.ndarray, right: np.ndarray) -> NoReturn:
    place = np.unravel_index(int(np.abs(right).argmax()), right.shape)
    mistake(
        f"Every number of your gradient is the right one times {factor}, for B rows and V tokens: {{first:times}} as "
        "large for logits of shape {shape}, {second:times} for {other}. At {place} you have {got}, "
        "and {want} is right.",
        first=times[0],
        shape=BATCHES[0],
        second=times[1],
        other=BATCHES[1],
        place=[int(i) for i in place],
        got=float(value[place]),
        want=float(right[place]),
    )


@general("cross_entropy_grad")
def test_gradient_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Raise one logit of one row by a little: by how much does the mean loss of the batch change?"""
    cases = ((1, 2), (2, 1), (1, 3), (3, 5), (4, 4), (18, 2), (5, 19), (1, 2))
    for number, (rows, tokens) in enumerate(cases):
        logits = rng.normal(scale=1.5, size=(rows, tokens))
        targets = rng.integers(tokens, size=rows).astype(np.int32 if number == 4 else np.int64)
        expected.compare(answer, logits.astype(np.float32) if number == 3 else logits, targets)
    expected.compare(answer, np.zeros((3, 4)), np.array([1, 1, 0]))
    expected.compare(answer, rng.normal(size=(3, 4)) + 5 * np.eye(3, 4), np.arange(3))
