"""Layer norm: every token's features by themselves."""

import itertools
from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, close, tolerance
from grader.student.faults import Raised

Axes = tuple[int, ...]
Choice = tuple[Axes, Axes]
Divisor = tuple[str, np.ndarray, float]
Inputs = tuple[np.ndarray, np.ndarray, np.ndarray]
FEATURES: Axes = (2,)
EPS = 1e-5  # shows where three tokens happen to be near each other
AXES: tuple[Axes, ...] = ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))
SPREADS = (0.7, 0.2, 2.0)  # of tokens where an eps of 0.5 counts
NAMES = {0: "the batch", 1: "the sequence", 2: "the features"}


@shows("6.5", "layer_norm")
def test_each_token_is_normalised_over_its_own_features(answer: Answer, rng: Rng) -> None:
    """Which numbers does one token need to be normalised, and which axis do they lie on?"""
    inputs = _uneven_tokens(rng)
    try:
        value = answer(*inputs)
    except Raised as fault:
        _explain_by_one_sequence(answer, inputs, fault)
        answer(*inputs)  # raises again, so that this call is told and not the one with one sequence
        raise
    axes = _seen_axes(inputs, value)
    if axes is None:
        blocked("your result is not x normalised over any axis or axes, so the axis cannot be told")
    if axes == ((), ()):
        blocked("your result is neither centred nor scaled, so it shows no axis")
    _name_mistake(inputs, value, axes)


def _uneven_tokens(rng: Rng) -> Inputs:
    """Tokens [4, 3, 5] of quite different means and spreads, so that no two axes give nearly the same."""
    spread = rng.permutation(np.geomspace(0.4, 3.0, 12)).reshape(4, 3, 1)
    mean = rng.permutation(np.linspace(-2.5, 5.0, 12)).reshape(4, 3, 1)
    x = rng.normal(size=(4, 3, 5))
    x = (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
    return mean + spread * x, rng.uniform(0.7, 1.5, size=5), rng.uniform(-1, 1, size=5)


def _seen_axes(inputs: Inputs, value: object) -> Choice | None:
    """The axes of mean and variance that explain a result, if any do."""
    x, gamma, beta = inputs
    out, slack = array(value, x.shape), tolerance(value)
    if (np.ptp(out, axis=(0, 1)) <= 1e-6 * np.abs(out).max()).any():
        blocked("your result has a feature with the same number for every token, whatever x holds")
    undone = ((out - beta) / gamma, out, out / gamma - beta, out / gamma, out - beta)
    for choice, normed in _normalisations(x):
        if any(_is_multiple(result, normed, bool(choice[1]), slack) for result in undone):
            return choice
    return next((choice for choice, normed in _by_features(x) if _follows(out, normed, slack)), None)


def _normalisations(x: np.ndarray) -> Iterator[tuple[Choice, np.ndarray]]:
    """x normalised over every choice of axes, the right one first; by the spread or by the variance."""
    for choice in sorted(itertools.product(AXES, AXES), key=lambda axes: axes != (FEATURES, FEATURES)):
        centred = x - x.mean(axis=choice[0], keepdims=True) if choice[0] else x
        if not choice[1]:
            yield choice, centred
            continue
        square = (centred**2).mean(axis=choice[1], keepdims=True)
        for variance in (square, x.var(axis=choice[1], keepdims=True)):
            if (variance > 0).all():
                yield choice, centred / np.sqrt(variance)
                yield choice, centred / np.sqrt(variance + EPS)
                yield choice, centred / variance


def _by_features(x: np.ndarray) -> Iterator[tuple[Choice, np.ndarray]]:
    """The normalisations that take the right axis, or none for the mean."""
    return ((choice, n) for choice, n in _normalisations(x) if choice in ((FEATURES, FEATURES), ((), FEATURES)))


def _is_multiple(result: np.ndarray, normed: np.ndarray, scaled: bool, slack: float) -> bool:
    """Whether `result` is `normed`, or a little less of it all over, as where the variance is unbiased."""
    factor = float((result * normed).sum() / max(float((normed**2).sum()), 1e-300))
    least = 0.6 if scaled else 1 - 3 * slack
    size = float(np.abs(result).max())
    return least <= factor <= 1 + 3 * slack and bool(np.abs(result - factor * normed).max() <= 3 * slack * size)


def _follows(out: np.ndarray, normed: np.ndarray, slack: float) -> bool:
    """Whether every feature of `out` is some gain times `normed` plus some shift."""
    mine, theirs = (values - values.mean(axis=(0, 1)) for values in (normed, out))
    gain = (mine * theirs).sum(axis=(0, 1)) / np.maximum((mine**2).sum(axis=(0, 1)), 1e-300)
    left = np.abs(theirs - gain * mine).max(axis=(0, 1))
    return bool((left <= 2 * slack * np.abs(theirs).max(axis=(0, 1))).all())


def _explain_by_one_sequence(answer: Answer, inputs: Inputs, fault: Raised) -> None:
    """A statistic over the sequence without keepdims fits one sequence only, and shows itself there."""
    one = (inputs[0][:1], *inputs[1:])
    try:
        value = answer(*one)
    except Raised:
        return
    axes = _seen_axes(one, value)
    if axes is not None:
        _name_mistake(one, value, axes, fault)


def _name_mistake(inputs: Inputs, value: np.ndarray, choice: Choice, fault: Raised | None = None) -> None:
    x, gamma, beta = inputs
    mine, right = value.astype(np.float64), gamma * _normalised(x, EPS) + beta
    token = np.unravel_index(int(np.abs(mine - right).max(axis=-1).argmax()), x.shape[:2])
    for what, axes in zip(("mean", "variance"), choice, strict=True):
        if axes not in ((), FEATURES):
            over = "everything" if len(axes) == 3 else " and ".join(NAMES[axis] for axis in axes)
            mistake(
                f"For x of shape {{shape}} you take the {what} over {over} ({'axis' if len(axes) == 1 else 'axes'} "
                f"{', '.join(map(str, axes))}). Token {{token}} of your result has mean {{mean}} and std {{std}}. "
                "Normalised over its own features, then times gamma plus beta, it has mean {right_mean} and std "
                "{right_std}.",
                explains=fault,
                shape=x.shape,
                token=[int(i) for i in token],
                mean=float(mine[token].mean()),
                std=float(mine[token].std()),
                right_mean=float(right[token].mean()),
                right_std=float(right[token].std()),
            )


@shows("6.13", "layer_norm")
def test_eps_is_added_to_the_variance(answer: Answer, rng: Rng) -> None:
    """With eps = 0.5 and a token of variance 3.5: by which number must x − mean be divided?"""
    loud, gamma, beta = _uneven_tokens(rng)
    is_right = (
        close(answer(x, gamma, beta, EPS), gamma * _normalised(x, EPS) + beta) for x in (10 * loud, 1000 * loud)
    )
    if not any(is_right):
        blocked("your result is wrong where the variance is large, too, so eps is not the cause")
    x = _even_tokens(rng)
    plain = np.ones(x.shape[-1]), np.zeros(x.shape[-1])
    asked = (0.5, 0.1)
    values = [answer(x, *plain, eps) for eps in asked]
    if all(close(value, _normalised(x, eps)) for value, eps in zip(values, asked, strict=True)):
        return
    _name_eps(x, values, asked)


def _normalised(x: np.ndarray, eps: float) -> np.ndarray:
    centred = x - x.mean(axis=-1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps))


def _even_tokens(rng: Rng) -> np.ndarray:
    """Tokens [1, 3, 4] of one small mean and of SPREADS."""
    x = rng.normal(size=(1, len(SPREADS), 4))
    x = (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
    return np.asarray(0.3 + np.array(SPREADS)[:, None] * x)


def _name_eps(x: np.ndarray, values: list[Any], asked: tuple[float, ...]) -> NoReturn:
    """Name the mistake where the tokens were divided by what no eps inside the root explains; or block the check."""
    centred = x - x.mean(axis=-1, keepdims=True)
    outs = np.stack([array(value, x.shape) for value in values])[:, 0]
    shares = (outs * centred).sum(axis=-1) / (centred**2).sum(axis=-1)
    slack = 3 * max(tolerance(value) for value in values)
    if not (shares > 0).all() or np.abs(outs - shares[..., None] * centred).max() > slack * np.abs(outs).max():
        blocked("your result is not each token less its mean, divided by a number, so the place of eps cannot be told")
    divisors, stds = 1 / shares, np.sqrt((centred[0] ** 2).mean(axis=-1))
    for how, meant, other in _other_divisors(divisors, stds, np.array(asked)[:, None]):
        if np.abs(meant / divisors - 1).max() <= slack:
            mistake(
                f"With eps = {{eps}} you divide a token of variance {{variance}} by {{divisor}}, which is {how}. "
                "√(variance + eps) is {right}.",
                eps=asked[0],
                variance=float(stds[0] ** 2),
                divisor=float(divisors[0, 0]),
                right=float(np.sqrt(stds[0] ** 2 + asked[0])),
                other=other,
            )
    blocked("your result is wrong where eps counts, but not as with an eps outside the root, a fixed eps or none")


def _other_divisors(divisors: np.ndarray, stds: np.ndarray, eps: np.ndarray) -> Iterator[Divisor]:
    """What tokens may be divided by instead of √(variance + eps), for each eps [E, 1] and token [T]."""
    inside, outside = _level(divisors**2 - stds**2), _level(divisors - stds)
    yield "√variance + eps", stds + eps, inside
    yield "√variance, with no eps or a very small one", stds + 0 * eps, inside
    yield "√(variance + {other}), whatever eps is", np.sqrt(stds**2 + inside) + 0 * eps, inside
    yield "√variance + {other}, whatever eps is", stds + outside + 0 * eps, outside
    yield "√(variance + eps) + eps", np.sqrt(stds**2 + eps) + eps, inside


def _level(parts: np.ndarray) -> float:
    """The middle one of these, or 0 where it is below."""
    return max(0.0, float(np.median(parts)))


@general("layer_norm")
def test_layer_norm_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Work out one token of three features by hand: its mean, its variance with eps, and only then gamma and beta."""
    shapes = ((1, 3), (2, 4), (1, 2, 3), (2, 3, 5), (2, 1, 3), (4, 4, 4), (2, 3, 2, 6), (5,), (18, 2, 3), (1, 3))
    for number, shape in enumerate(shapes):
        x, (gamma, beta) = _tokens(rng, shape), _gain_and_shift(rng, shape[-1])
        loud = 12 if number in (3, 4, 8, 9) else 1  # numbers so large that a limit shows
        expected.compare(answer, x.astype(np.float32) if number == 3 else x, loud * gamma, loud * beta)
    gamma, beta = _gain_and_shift(rng, 4)
    quiet = np.array([[1.0, -1.0, 1.0, -1.0], [-1.0, 1.0, 1.0, -1.0]])
    expected.compare(answer, quiet, gamma, beta, 0.5)
    expected.compare(answer, 0.006 * quiet, gamma, beta, EPS)
    expected.compare(answer, np.full((2, 3, 4), 0.5), gamma, beta)
    expected.compare(answer, np.array([[2.5], [-1.0]]), gamma[:1], beta[:1])
    gamma, beta = _gain_and_shift(rng, 19)
    expected.compare(answer, _tokens(rng, (5, 17, 19)), 30 * gamma, 30 * beta)


def _tokens(rng: Rng, shape: Axes) -> np.ndarray:
    """Tokens of many means, whose spread is so large that a default eps of 1e-6 or 1e-5 makes no difference."""
    x = rng.normal(size=shape)
    x = (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
    return np.asarray(rng.uniform(0.5, 3.0, size=(*shape[:-1], 1)) * x + rng.normal(size=(*shape[:-1], 1)))


def _gain_and_shift(rng: Rng, width: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.uniform(0.5, 1.5, size=width), rng.uniform(-1, 1, size=width)
