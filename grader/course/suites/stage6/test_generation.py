"""A step of generation: the new token sees all that came before, and the next one will see it, too."""

from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import close, name_of, shape_text, tolerance

BATCH, LENGTH, WIDTH = 4, 12, 17


def _inputs(rng: Rng, batch: int, length: int, d_model: int, width: int, loud: float) -> tuple[Any, ...]:
    """Arguments of generate_step. The smaller `loud` is, the more alike are the weights of all tokens."""
    x_new = rng.normal(size=(batch, 1, d_model))
    caches = [rng.normal(size=(batch, length, width)) if length else None for _ in range(2)]
    w_q, w_k, w_v = (rng.normal(scale=s / np.sqrt(d_model), size=(d_model, width)) for s in (loud, 1.0, 1.0))
    return x_new, *caches, w_q, w_k, w_v


@shows("6.11", "generate_step")
def test_history_is_kept_and_used(answer: Answer, rng: Rng) -> None:
    """Which keys and values does the new token attend to, and which will the next one need?"""
    inputs = _inputs(rng, BATCH, LENGTH, 5, WIDTH, loud=0.02)
    x_new, k_cache, v_cache, *weights = inputs
    output, keys, values = _parts(answer(*inputs))
    made = [x_new @ weight for weight in weights]
    reasons = (
        _judge_cache("K", keys, k_cache, [*made, x_new]),
        _judge_cache("V", values, v_cache, [*made, x_new]),
        _judge_output(output, v_cache, made[2]),
    )
    for reason in reasons:
        if reason:
            blocked(reason)


def _parts(value: Any) -> list[Any]:
    """Output, K and V."""
    is_several = isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim > 0)
    if not is_several or len(value) != 3:
        blocked(f"your function returned {name_of(value)} where three results (output, K, V) are asked for")
    return list(value)


def _judge_cache(name: str, returned: Any, cache: np.ndarray, made: list[np.ndarray]) -> str:
    """Name the mistake where tokens are missing; or why that cannot be seen, or "" where all are there."""
    if not isinstance(returned, np.ndarray) or returned.ndim != 3 or returned.shape[::2] != cache.shape[::2]:
        return f"your {name} is {name_of(returned)}, so its tokens cannot be compared"
    if not np.isfinite(returned).all():
        return f"your {name} holds NaN or infinities"
    if returned.shape[1] == LENGTH + 1 and close(returned[:, :LENGTH], cache):
        return ""
    history = [cache[:, t : t + 1] for t in range(LENGTH)]
    mean = cache.mean(axis=1, keepdims=True)
    fillers = [
        *made,
        0 * mean,
        mean,
        *((LENGTH * mean + new) / (LENGTH + 1) for new in made if new.shape == mean.shape),
    ]
    rows = [returned[:, t : t + 1] for t in range(returned.shape[1])]
    missing = [t for t, token in enumerate(history) if not any(close(row, token) for row in rows)]
    if not missing and len(rows) <= LENGTH:
        mistake(
            f"Your {name} holds {{held:token}}, as before the step: the new token is missing. {{asked}} belong there.",
            held=len(rows),
            asked=LENGTH + 1,
        )
    if missing and all(any(close(row, known) for known in (*history, *fillers)) for row in rows):
        mistake(
            f"The cache held {{history:token}} and one was new. Your {name} holds {{held:token}}, {{kept}} of them "
            f"from the history. Token {{missing}} is {'the first one that is ' if len(missing) > 1 else ''}missing.",
            history=LENGTH,
            held=len(rows),
            kept=LENGTH - len(missing),
            missing=missing[0],
        )
    if missing:
        return f"your {name} does not hold the history, and what it holds instead is none of the tokens"
    return "" if len(rows) == LENGTH + 1 else f"your {name} holds {len(rows)} tokens where {LENGTH + 1} are asked for"


def _judge_output(output: Any, v_cache: np.ndarray, v_new: np.ndarray) -> str:
    """Name the mistake where a token of the history got no weight; or why that cannot be seen, or ""."""
    if not isinstance(output, np.ndarray) or output.shape != (BATCH, 1, WIDTH):
        return f"your output is {name_of(output)}; an array of shape {shape_text((BATCH, 1, WIDTH))} is asked for"
    if not np.isfinite(output).all():
        return "your output holds NaN or infinities"
    values = np.concatenate([v_cache, v_new], axis=1)
    weights = np.stack(
        [np.linalg.lstsq(v.T, o[0].astype(np.float64), rcond=None)[0] for v, o in zip(values, output, strict=True)]
    )
    if not close((weights[:, None, :] @ values).astype(output.dtype), output, loosen=3) or not output.any():
        return "your output is not a weighted sum of the values, so their weights cannot be seen"
    is_seen = np.abs(weights).max(axis=0) >= max(1e-3, min(0.01, tolerance(output)))
    unseen = np.flatnonzero(~is_seen[:LENGTH])
    if len(unseen) and not _are_fair_shares(weights[:, is_seen]):
        return "some values have no weight in your output, and the weights of the others are very unequal"
    if len(unseen):
        share = weights[:, unseen].max(axis=0)
        token = int(unseen[share.argmin()])
        mistake(
            "In the output of sequence 0, token {token} of the history has the weight {weight}, and the new token "
            "has {new}. With scores near 0, each of the {tokens:token} should have about {fair}.",
            token=token,
            weight=round(abs(float(weights[0, token])), 3),
            new=round(float(weights[0, -1]), 3),
            tokens=LENGTH + 1,
            fair=round(1 / (LENGTH + 1), 3),
        )
    return ""


def _are_fair_shares(weights: np.ndarray) -> bool:
    """Whether all of these tokens share the attention nearly equally, as they do under scores near zero."""
    least, most = weights.min(initial=1.0), weights.max(initial=0.0)
    return bool(least > 0 and most <= 4 * least and (weights.sum(axis=-1) < 1.1).all())


@general("generate_step")
def test_step_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Do a step for one old token and one new one: what are the weights, the output and both caches?"""
    cases = (
        (1, 0, 2, 2),
        (1, 2, 3, 2),
        (1, 1, 1, 2),
        (2, 0, 4, 5),
        (2, 3, 5, 7),
        (18, 2, 3, 4),
        (3, 3, 3, 3),
        (5, 17, 19, 18),
        (6, 2, 1, 1),
    )
    for number, (batch, length, d_model, width) in enumerate(cases):
        inputs = _inputs(rng, batch, length, d_model, width, loud=1.2)
        if number in (4, 5, 7):
            inputs = _large(*inputs)
        if number == 4:
            inputs = tuple(value.astype(np.float32) for value in inputs)
        expected.compare(answer, *inputs)
    expected.compare(answer, *_large(*_inputs(rng, 1, 1, 2, 2, loud=1.2)))
    expected.compare(answer, *_inputs(rng, 1, 0, 2, 2, loud=1.2))


def _large(x_new: Any, k_cache: Any, v_cache: Any, w_q: Any, w_k: Any, w_v: Any) -> tuple[Any, ...]:
    """Inputs with keys and values so large that a limit shows, and scores as before."""
    return x_new, 30 * k_cache, 30 * v_cache, w_q / 30, 30 * w_k, 30 * w_v
