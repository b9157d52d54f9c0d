"""The cache of keys and values: every token that went in must still be there."""

from itertools import pairwise
from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, pair
from grader.course.suites.stage5._distinct import distinct
from grader.student.faults import Raised

EXERCISE = "update_kv_cache"
# (batch, tokens so far, new tokens, features); the long ones show windows and buffers of a fixed size.
SIZES = ((3, 4, 1, 2), (2, 1, 3, 5), (1, 5, 2, 3), (2, 3, 3, 4), (1, 40, 1, 2), (1, 600, 1, 1))


@shows("5.10", EXERCISE)
def test_tokens_of_the_past_are_kept(answer: Answer, rng: Rng) -> None:
    """The new token must look back: at whose keys and values?"""
    told, faults = None, []
    for size in SIZES:
        args = questions(rng, size)
        try:
            results = pair(answer(*args), ("keys", "values"))
        except Raised as fault:
            faults.append(fault)
            continue
        told = told or what_is_missing(*results, *args)
    if told:
        mistake(told[0], explains=faults[0] if faults else None, **told[1])
    if faults:
        raise faults[0]


def what_is_missing(keys: Any, values: Any, *args: np.ndarray) -> tuple[str, dict[str, Any]] | None:
    """Which tokens of the past are gone, if any; blocks the check where it cannot be seen what became of them."""
    k_old, v_old, k_new, v_new = args
    keys, values = array(keys, name="keys"), array(values, name="values")
    everything = np.concatenate([keys.ravel(), values.ravel()])
    for name, result, old, new in (("keys", keys, k_old, k_new), ("values", values, v_old, v_new)):
        if not np.isin(new, everything).all():
            blocked(f"your result does not hold the new {name} unchanged, so the past ones cannot be followed either")
        kept = np.asarray(np.isin(old, result).all(axis=2))
        if kept.all():
            continue
        if np.isin(old, everything).all():
            blocked(f"the past {name} are in the other one of your two results")
        length = old.shape[1]
        past = result[:, :length] if result.ndim == 3 else result
        if not kept.any() and past.shape == old.shape and np.corrcoef(past.ravel(), old.ravel())[0, 1] > 0.999:
            blocked(f"the past {name} are all there, but with other numbers than before")
        sequence = int((~kept).sum(axis=1).argmax())
        return (
            f"After {{past:token}} and {{new}} more, your {name} (shape {{shape}}) lack {{lost}} of the {{past}} past "
            "tokens of sequence {sequence}; the first missing one is token {first}.",
            {
                "past": length,
                "new": new.shape[1],
                "shape": result.shape,
                "lost": int((~kept[sequence]).sum()),
                "sequence": sequence,
                "first": int(np.argmin(kept[sequence])),
            },
        )
    return None


@general(EXERCISE)
def test_cache_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Put in one token, then two more: what should the three rows be?"""
    for batch, new, width in ((1, 1, 1), (1, 2, 3), (3, 1, 2), (2, 4, 5)):
        _, _, k_new, v_new = questions(rng, (batch, 1, new, width))
        expected.compare(answer, None, None, k_new, v_new)
    for size in ((1, 1, 1, 1), (1, 1, 2, 3), (3, 3, 3, 3), (6, 2, 1, 20), *SIZES):
        expected.compare(answer, *questions(rng, size))
    expected.compare(answer, *(part.astype(np.float32) for part in questions(rng, (2, 3, 1, 4))))
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
    edges = np.cumsum((0, *counts))
    numbers = distinct(rng, int(edges[-1]))
    lengths = (old, old, new, new)
    parts = [numbers[start:end] for start, end in pairwise(edges)]
    return tuple(part.reshape(batch, length, width) for part, length in zip(parts, lengths, strict=True))
