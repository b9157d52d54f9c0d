"""The causal mask: an array to add to the scores so that no query sees a later key."""

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import SUNK, array, mask_weights, name_of, shape_text

LENGTHS = (2, 3, 5, 8)
# Longer than the tables that are often made once and cut.
LONG, LONGEST = 40, 260


@shows("5.1", "causal_mask")
def test_no_query_sees_a_later_key(answer: Answer, rng: Rng) -> None:
    """Which keys must be out of reach for the query at position 2?"""
    for length in (*LENGTHS, LONG):
        mask = array(answer(length), (length, length), f"mask for {length} tokens", finite=False)
        require_mask(answer, mask, length)
        sees = ~np.isneginf(mask).all(axis=-1)
        if np.isposinf(mask).any():
            blocked(f"your mask for {length} tokens holds +inf, of which softmax makes NaN")
        weights = mask_weights(mask[sees])
        leaks = np.triu(np.ones((length, length), dtype=bool), k=1)[sees] & ~is_sunk(mask[sees])
        if leaks.any():
            row, key = (int(i) for i in np.argwhere(leaks)[0])
            query = int(np.flatnonzero(sees)[row])
            mistake(
                f"With your mask for {length} tokens, softmax of equal scores gives query {query} a weight of "
                f"{weights[row, key]:.2g} on key {key}, which comes after it."
            )
        mask_weights(mask, f"mask for {length} tokens")


@shows("5.7", "causal_mask")
def test_mask_has_a_row_per_query_and_a_column_per_key(answer: Answer, rng: Rng) -> None:
    """The scores have a row per query and a column per key: what shape must be added to them?"""
    for length in (*LENGTHS, LONGEST, 1):
        mask = answer(length)
        if not isinstance(mask, np.ndarray):
            blocked(f"your mask is {name_of(mask)} and no numpy array of numbers")
        if mask.shape != (length, length):
            mistake(
                f"Your mask for {tokens(length)} has shape {shape_text(mask)}; "
                f"the scores have shape [{length}, {length}]."
            )
        if length not in LENGTHS:
            continue
        require_mask(answer, array(mask, name="mask", finite=False), length)
        cut = np.clip(mask.astype(np.float64), SUNK, -SUNK)
        if np.ptp(cut) == 0:
            blocked(f"your mask for {length} tokens is the same everywhere, so its shape shows nothing")
        changes = np.diff(cut, axis=-1) != 0
        if changes.sum(axis=-1).max() > 2:
            blocked(f"your mask for {length} tokens opens and closes without an order, so its shape shows nothing")


@general("causal_mask")
def test_mask_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Write down, for 3 tokens, which of the 9 places are open and which are closed."""
    for length in (1, *LENGTHS, 16, LONGEST, 3):
        require_right(answer(length), mask_weights(array(expected(length), finite=False)) > 0, length)


def require_mask(answer: Answer, mask: np.ndarray, length: int) -> None:
    """Block the check where a mask holds NaN or is another one each time."""
    if np.isnan(mask).any():
        blocked(f"your mask for {length} tokens holds NaN")
    if length == LENGTHS[-1] and not np.array_equal(array(answer(length), mask.shape, finite=False), mask):
        blocked(f"your mask for {length} tokens is another one each time it is asked for")


def tokens(length: int) -> str:
    """A length for a sentence."""
    return "1 token" if length == 1 else f"{length} tokens"


def is_sunk(mask: np.ndarray) -> np.ndarray:
    """Where a key lies so far below the highest of its row that it gets no weight."""
    sunk: np.ndarray = mask - mask.max(axis=-1, keepdims=True) <= SUNK
    return sunk


def require_right(got: object, is_open: np.ndarray, length: int) -> None:
    """Raise WrongResult unless a mask leaves just the open keys of each row open, and all of them equally."""
    if not isinstance(got, np.ndarray) or got.shape != is_open.shape:
        asked = f"an array of shape {shape_text(is_open)}"
        wrong(f"your mask for {tokens(length)} is {name_of(got)} where {asked} is asked")
    mask = got.astype(np.float64)
    top = mask.max(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        below = top - mask
        looks_open, looks_closed = below <= 1e-8 + 1e-5 * np.abs(top), below >= -SUNK
    off = (looks_open != is_open) | (looks_closed == is_open)
    if off.any():
        query, key = (int(i) for i in np.argwhere(off)[0])
        state = "open, at the highest value of its row" if is_open[query, key] else "closed"
        wrong(
            f"for {tokens(length)}, query {query} and key {key}: your mask holds {mask[query, key]:g}, "
            f"this place must be {state}"
        )
