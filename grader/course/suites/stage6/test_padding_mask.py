"""The padding mask: every sequence of a batch hides its own padding."""

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import SUNK, mask_weights, name_of, shape_text
from grader.course.numbers import shown

LONGEST = 14


@shows("6.8", "padding_mask")
def test_each_sequence_hides_its_own_padding(answer: Answer, rng: Rng) -> None:
    """Two sequences of a batch have 2 and 10 tokens: how must their masks differ?"""
    drawn = tuple(int(n) for n in rng.permutation(np.arange(1, LONGEST + 1))[:3])
    for batch in ((2, 10, 6), (10, 6, 2, 14), (6, 2), drawn):
        lengths = np.array(batch)
        given = _given_masks(answer, lengths, LONGEST)
        masks = _as_seen(given)
        right = _right_masks(lengths, LONGEST)
        if np.array_equal(masks, right):
            continue
        if (given == given[0]).all():
            hidden = int((masks[0, 0] <= SUNK).sum())
            mistake(
                f"Sequences of {_listed(batch)} tokens all get the same mask. It hides {{hidden}} of {{keys:key}} from "
                "query 0. For lengths {lengths} it should hide {asked}.",
                hidden=hidden,
                keys=LONGEST,
                lengths=batch,
                asked=[LONGEST - n for n in batch],
            )
        owners = [_owner(mask, right) for mask in masks]
        strangers = [(i, owner) for i, owner in enumerate(owners) if owner is not None and owner != i]
        if None not in owners and strangers:
            sequence, owner = strangers[0]
            mistake(
                f"In a batch of {_listed(batch)} tokens, sequence {{sequence}} has {{length:token}}, and its mask "
                "leaves {visible:key} visible. That is the mask of sequence {owner}.",
                sequence=sequence,
                length=batch[sequence],
                visible=batch[owner or 0],
                owner=owner,
            )
        blocked("your masks differ between the sequences, and not only by their lengths")


def _given_masks(answer: Answer, lengths: np.ndarray, longest: int) -> np.ndarray:
    """The student's masks, spread out to [B, T, T], or a blocked check."""
    shape = (len(lengths), longest, longest)
    value = answer(lengths, longest)
    masks = _spread_out(value, shape)
    if masks is None:
        blocked(f"your mask is {name_of(value)}, which cannot be added to scores of shape {shape_text(shape)}")
    mask_weights(masks)
    return masks


def _as_seen(masks: np.ndarray) -> np.ndarray:
    """Masks as softmax takes them: each row's visible keys at 0, hidden ones at SUNK."""
    return np.asarray(np.round(np.maximum(masks - masks.max(axis=-1, keepdims=True), SUNK), 6))


def _spread_out(value: object, shape: tuple[int, int, int]) -> np.ndarray | None:
    """A mask that can be added to scores of this shape, spread out to it."""
    if not isinstance(value, np.ndarray):
        return None
    try:
        return np.broadcast_to(value, shape).astype(np.float64)
    except ValueError:
        return None


def _right_masks(lengths: np.ndarray, longest: int) -> np.ndarray:
    hidden = np.arange(longest) >= lengths[:, None]
    return np.repeat(np.where(hidden, SUNK, 0.0)[:, None, :], longest, axis=1)


def _owner(mask: np.ndarray, right: np.ndarray) -> int | None:
    """The sequence whose mask this should be."""
    return next((i for i, other in enumerate(right) if np.array_equal(mask, other)), None)


def _listed(batch: tuple[int, ...]) -> str:
    return f"{', '.join(str(n) for n in batch[:-1])} and {batch[-1]}"


@general("padding_mask")
def test_mask_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Write down the mask of one sequence of 2 tokens, padded to 3: which of the 9 keys are hidden?"""
    cases = (
        ((2,), 3),
        ((1,), 1),
        ((3, 1), 3),
        ((1, 4, 2, 3), 4),
        ((2, 5, 3), 5),
        ((4, 4), 6),
        ((7, 2, 9, 1, 5), 9),
        (tuple(int(n) for n in rng.integers(1, 19, size=17)), 18),
    )
    for number, (batch, longest) in enumerate(cases):
        lengths = np.array(batch, dtype=np.int32 if number == 4 else np.int64)
        right = expected(lengths, longest).astype(np.float64)
        value = answer(lengths, longest)
        mask = _spread_out(value, right.shape)
        where = f"For lengths = {list(batch)} and max_len = {longest}"
        if mask is None:
            wrong(f"{where}, your mask is {name_of(value)}, where an array of shape {shape_text(right)} is asked for.")
        problem = _first_difference(mask, right == 0)
        if problem:
            wrong(f"{where}, {problem}")


def _first_difference(mask: np.ndarray, is_open: np.ndarray) -> str:
    """The first key that is visible and should be hidden, or the other way round."""
    level = np.max(np.where(is_open, mask, -np.inf), axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        good = np.where(is_open, np.isclose(mask, level) & np.isfinite(mask), mask - level <= SUNK)
    if good.all():
        return ""
    sequence, query, key = (int(i) for i in np.argwhere(~good)[0])
    state = "visible" if is_open[sequence, query, key] else "hidden"
    most = float(level[sequence, query, 0])
    level_text = f" A visible key of that row has {shown(most)}." if most and np.isfinite(most) else ""
    held = shown(float(mask[sequence, query, key]))
    place = f"sequence {sequence}, query {query} and key {key}"
    return f"your mask holds {held} for {place}, which must be {state}.{level_text}"
