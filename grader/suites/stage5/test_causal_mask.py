"""The causal mask: an array to add to the scores so that no query sees a later key."""

import numpy as np

from grader.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.measure import SUNK, array, mask_weights, name_of, shape_text

LENGTHS = (1, 2, 3, 5, 8)


@shows("5.1", "causal_mask")
def test_no_query_sees_a_later_key(answer: Answer, rng: Rng) -> None:
    """Which keys must be out of reach for the query at position 2?"""
    for length in LENGTHS[1:]:
        mask = array(answer(length), (length, length), f"mask for {length} tokens", finite=False)
        weights = mask_weights(mask)
        if len(np.unique(np.maximum(mask, SUNK))) > 2:
            blocked(f"your mask for {length} tokens holds more than two values, so it is unclear what it blocks")
        later = np.triu(mask - mask.max(axis=-1, keepdims=True) > SUNK, k=1)
        if later.any():
            query, key = (int(i) for i in np.argwhere(later)[0])
            mistake(
                f"With your mask for {length} tokens, softmax gives query {query} a weight of "
                f"{weights[query, key]:.2f} on key {key}, which comes after it."
            )


@shows("5.7", "causal_mask")
def test_mask_has_a_row_per_query_and_a_column_per_key(answer: Answer, rng: Rng) -> None:
    """The scores have a row per query and a column per key: what shape must be added to them?"""
    for length in LENGTHS[1:]:
        mask = answer(length)
        if not isinstance(mask, np.ndarray):
            blocked(f"your mask is {name_of(mask)} and no numpy array of numbers")
        if mask.shape != (length, length):
            mistake(
                f"Your mask for {length} tokens has shape {shape_text(mask)}; "
                f"the scores have shape [{length}, {length}]."
            )
        if np.isnan(mask).any() or (mask == mask.flat[0]).all():
            blocked("your mask is the same everywhere or holds NaN, so its shape shows nothing")


@general("causal_mask")
def test_mask_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Write down, for 3 tokens, which of the 9 places are open and which are closed."""
    for length in LENGTHS:
        right = mask_weights(array(expected(length), finite=False))
        got = answer(length)
        if not isinstance(got, np.ndarray) or got.shape != right.shape:
            wrong(f"your mask for {length} tokens is {name_of(got)} where an array of shape {shape_text(right)} is asked")
        mask = got.astype(np.float64)
        top = mask.max(axis=-1, keepdims=True)
        with np.errstate(invalid="ignore"):
            is_open = np.isclose(mask, top) & np.isfinite(mask)
            is_closed = mask - top <= SUNK
        if not (np.array_equal(is_open, right > 0) and np.array_equal(is_closed, right == 0)):
            row, key = (int(i) for i in np.argwhere((is_open != (right > 0)) | (is_closed != (right == 0)))[0])
            state = "open" if right[row, key] > 0 else "closed"
            wrong(f"for {length} tokens, query {row} and key {key}: your mask holds {mask[row, key]:g}, it must be {state}")
