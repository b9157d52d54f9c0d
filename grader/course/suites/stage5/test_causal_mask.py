"""The causal mask: an array to add to the scores so that no query sees a later key."""

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import SUNK, array, mask_weights, name_of, shape_text
from grader.course.numbers import count

LENGTHS = (2, 3, 5, 8)
# Longer than the tables that are often made once and cut.
LONG, LONGEST = 40, 260


@shows("5.1", "causal_mask")
def test_no_query_sees_a_later_key(answer: Answer, rng: Rng) -> None:
    """Which keys must be out of reach for the query at position 2?"""
    for length in (*LENGTHS, LONG, drawn(rng)):
        mask = mask_of(answer, length)
        require_mask(answer, mask, length)
        sees = ~np.isneginf(mask).all(axis=-1)
        if np.isposinf(mask).any():
            blocked("your mask for {length:token} holds +inf, and softmax makes NaN of it", length=length)
        weights = mask_weights(mask[sees])
        leaks = np.triu(np.ones((length, length), dtype=bool), k=1)[sees] & ~is_sunk(mask[sees])
        if leaks.any():
            row, key = (int(i) for i in np.argwhere(leaks)[0])
            mistake(
                "With your mask for {length:token}, softmax of equal scores gives query {query} a weight of {weight} "
                "on key {key}, which comes after it.",
                length=length,
                query=int(np.flatnonzero(sees)[row]),
                key=key,
                weight=float(weights[row, key]),
            )
        mask_weights(mask, f"mask for {count(length, 'token')}")


@shows("5.7", "causal_mask")
def test_mask_has_a_row_per_query_and_a_column_per_key(answer: Answer, rng: Rng) -> None:
    """The scores have a row per query and a column per key: what shape must be added to them?"""
    for length in (*LENGTHS, LONGEST, 1):
        mask = answer(length)
        if not isinstance(mask, np.ndarray):
            blocked(f"your mask is {name_of(mask)}, not a numpy array of numbers")
        if mask.shape != (length, length):
            mistake(
                "Your mask for {length:token} has shape {shape}; the scores have shape {asked}.",
                length=length,
                shape=mask.shape,
                asked=(length, length),
            )
        if length not in LENGTHS:
            continue
        require_mask(answer, array(mask, name="mask", finite=False), length)
        cut = np.clip(mask.astype(np.float64), SUNK, -SUNK)
        if np.ptp(cut) == 0:
            blocked("all numbers of your mask for {length:token} are the same: its shape shows nothing", length=length)
        if (np.diff(cut, axis=-1) != 0).sum(axis=-1).max() > 2:
            blocked("the rows of your mask for {length:token} change without an order", length=length)


@shows("5.12", "causal_mask")
def test_mask_holds_no_nan(answer: Answer, rng: Rng) -> None:
    """Which step of your code makes the first NaN? 0 · -inf is NaN for numpy."""
    for length in (*LENGTHS, LONG):
        mask = mask_of(answer, length)
        nans = np.isnan(mask)
        if nans.any():
            query, key = (int(i) for i in np.argwhere(nans)[0])
            mistake(
                "Your mask for {length:token} is NaN in {count} of {size:place}, first at query {query}, key {key}.",
                length=length,
                count=int(nans.sum()),
                size=mask.size,
                query=query,
                key=key,
            )
        require_mask(answer, mask, length)
        if is_sunk(mask).all() or not is_sunk(mask).any():
            blocked("your mask for {length:token} masks no key, so it cannot be seen how it does it", length=length)


@general("causal_mask")
def test_mask_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Write down, for 3 tokens, which of the 9 places are open and which are masked."""
    for length in (1, *LENGTHS, 17, LONGEST, 3, drawn(rng)):
        require_right(answer(length), mask_weights(array(expected(length), finite=False)) > 0, length)


def drawn(rng: Rng) -> int:
    """A length that nobody knows who does not know the seed."""
    return int(rng.integers(9, LONG))


def mask_of(answer: Answer, length: int) -> np.ndarray:
    """The mask for a length; blocks the check where it has another shape."""
    return array(answer(length), (length, length), f"mask for {count(length, 'token')}", finite=False)


def require_mask(answer: Answer, mask: np.ndarray, length: int) -> None:
    """Block the check where a mask holds NaN or is another one each time."""
    if np.isnan(mask).any():
        blocked("your mask for {length:token} holds NaN", length=length)
    if length == LENGTHS[-1] and not np.array_equal(array(answer(length), mask.shape, finite=False), mask):
        blocked("your function returns different masks for {length:token} on each call", length=length)


def is_sunk(mask: np.ndarray) -> np.ndarray:
    """Where a key lies so far below the highest of its row that it gets no weight."""
    with np.errstate(invalid="ignore"):
        sunk: np.ndarray = mask - mask.max(axis=-1, keepdims=True) <= SUNK
    return sunk


def require_right(got: object, is_open: np.ndarray, length: int) -> None:
    """Raise WrongResult unless a mask leaves just the open keys of each row open, and all of them equally."""
    if not isinstance(got, np.ndarray) or got.shape != is_open.shape:
        wrong(
            f"your mask for {{length:token}} is {name_of(got)}; an array of shape {shape_text(is_open)} is asked for",
            length=length,
        )
    mask = got.astype(np.float64)
    top = mask.max(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        below = top - mask
        looks_open, looks_masked = below <= 1e-8 + 1e-5 * np.abs(top), below >= -SUNK
    off = (looks_open != is_open) | (looks_masked == is_open)
    if off.any():
        query, key = (int(i) for i in np.argwhere(off)[0])
        state = "open (the highest value of its row)" if is_open[query, key] else "masked"
        wrong(
            f"for {{length:token}}, query {{query}} and key {{key}}: your mask holds {{value}}, and this place must be "
            f"{state}",
            length=length,
            query=query,
            key=key,
            value=float(mask[query, key]),
        )
