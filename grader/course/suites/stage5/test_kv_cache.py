"""The cache of keys and values: every token that went in must still be there."""

from itertools import pairwise
from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, pair
from grader.student.faults import Raised

EXERCISE = "update_kv_cache"
# (batch, tokens so far, new tokens, features); the long ones show windows and buffers of a fixed size.
SIZES = ((3, 4, 1, 2), (2, 1, 3, 5), (1, 5, 2, 3), (2, 3, 3, 4), (1, 40, 1, 2), (1, 600, 1, 1))


@shows("5.10", EXERCISE)
def test_tokens_of_the_past_are_kept(answer: Answer, rng: Rng) -> None:
    """The new token must look back: at whose keys and values?"""
    evidence, faults = "", []
    for size in SIZES:
        args = questions(rng, size)
        try:
            results = pair(answer(*args), ("keys", "values"))
        except Raised as fault:
            faults.append(fault)
            continue
        evidence = evidence or what_is_missing(*results, *args)
    if evidence:
        mistake(evidence, explains=faults[0] if faults else None)
    if faults:
        raise faults[0]


def what_is_missing(keys: Any, values: Any, *args: np.ndarray) -> str:
    """Which tokens of the past are gone, or ""; blocks the check where it cannot be seen what became of them."""
    k_old, v_old, k_new, v_new = args
    keys, values = array(keys, name="keys"), array(values, name="values")
    everything = np.concatenate([keys.ravel(), values.ravel()])
    for name, result, old, new in (("keys", keys, k_old, k_new), ("values", values, v_old, v_new)):
        if not np.isin(new, everything).all():
            blocked(f"the new {name} do not stand unchanged in your result, so what became of it is unclear")
        kept = np.isin(old, result).all(axis=(0, 2))
        if kept.all():
            continue
        if np.isin(old, everything).all():
            blocked(f"the {name} of the past stand in the other result")
        length = old.shape[1]
        past = result[:, :length] if result.ndim == 3 else result
        if not kept.any() and past.shape == old.shape and np.corrcoef(past.ravel(), old.ravel())[0, 1] > 0.999:
            blocked(f"the {name} of the past are all there, with other numbers than before")
        return (
            f"After {length} tokens and {new.shape[1]} more, your {name} (shape {list(result.shape)}) lack "
            f"{int((~kept).sum())} of the {length} past tokens; the first is token {int(np.argmin(kept))}."
        )
    return ""


@general(EXERCISE)
def test_cache_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Put in one token, then two more: what should the three rows be?"""
    for batch, new, width in ((1, 1, 1), (1, 2, 3), (3, 1, 2), (2, 4, 5)):
        _, _, k_new, v_new = questions(rng, (batch, 1, new, width))
        expected.compare(answer, None, None, k_new, v_new)
    for size in ((1, 1, 1, 1), (1, 1, 2, 3), (3, 3, 3, 3), *SIZES):
        expected.compare(answer, *questions(rng, size))
    single = [(part / 8).astype(np.float32) for part in questions(rng, (2, 3, 1, 4))]
    expected.compare(answer, *single)
    grow(answer, rng, expected)


def grow(answer: Answer, rng: Rng, expected: Expected) -> None:
    """A cache from its first token on; the second step starts from the right first one."""
    k_old = v_old = None
    for batch in (2, 2):
        _, _, k_new, v_new = questions(rng, (batch, 1, 1, 3))
        expected.compare(answer, k_old, v_old, k_new, v_new)
        k_old = k_new if k_old is None else np.concatenate([k_old, k_new], axis=1)
        v_old = v_new if v_old is None else np.concatenate([v_old, v_new], axis=1)


def questions(rng: Rng, size: tuple[int, int, int, int]) -> tuple[np.ndarray, ...]:
    """Old keys and values and new ones, every number another one and exact in half precision."""
    batch, old, new, width = size
    counts = (batch * old * width, batch * old * width, batch * new * width, batch * new * width)
    numbers = rng.permutation(np.arange(1, max(200, sum(counts) + 1)))[: sum(counts)].astype(np.float64)
    edges = np.cumsum((0, *counts))
    parts = [numbers[start:end] for start, end in pairwise(edges)]
    lengths = (old, old, new, new)
    return tuple(part.reshape(batch, length, width) for part, length in zip(parts, lengths, strict=True))
