"""Scaled dot-product attention: the weights show temperature, softmax axis, turn of K and place of the mask."""

import math
from collections.abc import Iterator

import numpy as np

from grader.course.checks import Answer, CannotJudge, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import times
from grader.course.suites.stage5._probe import (
    BATCH,
    CUBE,
    FULL_CUBE,
    FULL_CUBE_OF_HEADS,
    GONE,
    HEADS,
    SINGLE,
    SQUARE,
    Look,
    any_slope,
    attend,
    chequered,
    inputs,
    looks,
    removed,
    require_attention,
    right_scores,
    same,
    shared_anew,
    slope,
    softmax_axis_name,
    wrong_dot,
    wrong_turn,
)
from grader.student.faults import Raised

EXERCISE = "scaled_attention"


@shows("5.1", EXERCISE)
def test_mask_changes_the_weights(answer: Answer, rng: Rng) -> None:
    """Where does the mask meet the scores, and who uses the result?"""
    for free, masked, mask in masked_looks(answer, rng, with_broadcast=True):
        if mask_is_ignored(free, masked, mask):
            require_attention(answer, free)
            given = np.where(mask == 0, 0.0, masked.weights)
            *where, query, key = (int(i) for i in np.unravel_index(given.argmax(), given.shape))
            mistake(
                f"The mask blocks key {key} for query {query}, yet your weight there is "
                f"{masked.weights[(*where, query, key)]:.2f} with the mask and "
                f"{free.weights[(*where, query, key)]:.2f} without one."
            )
        left = np.where(mask == 0, 0.0, masked.weights)
        if not np.abs(left).max() <= GONE:
            blocked(f"a blocked key got {left.flat[np.abs(left).argmax()]:.3g}, so the mask does something else")
        require_attention(answer, free)


@shows("5.2", EXERCISE)
def test_scores_are_divided_by_the_root_of_d_k(answer: Answer, rng: Rng) -> None:
    """Which length makes dot products grow, and how fast do they grow with it?"""
    for look in looks(answer, rng, (BATCH, SINGLE, HEADS, FULL_CUBE)):
        d_k = look.q.shape[-1]
        found = any_slope(look)
        if found is None or found <= 0:
            blocked("your log-weights do not follow q·k, so their temperature cannot be read")
        factor = found * math.sqrt(d_k)
        if abs(factor - 1) > (0.02 if look.slack < 1e-3 else 0.05):
            mistake(
                f"With d_k = {d_k}, your log-weights change {times(factor)} as fast with q·k as 1/√d_k allows: "
                f"the scores are divided by {1 / found:.3g}, where √d_k is {math.sqrt(d_k):.3g}."
            )


@shows("5.3", EXERCISE)
def test_keys_are_turned_on_their_last_two_axes(answer: Answer, rng: Rng) -> None:
    """Which two axes of k have to change places so that each query meets each key, and which must stay?"""
    try:
        for look in looks(answer, rng, (FULL_CUBE, FULL_CUBE_OF_HEADS, SQUARE, BATCH)):
            how = wrong_turn(look)
            if how is not None:
                mistake(
                    f"For k of shape {list(look.k.shape)}, your weights follow q times k {how}; "
                    f"with the true q·k they correlate by {agreement(look):.2f} only.",
                    explains=fault_of(answer, rng),
                )
            if slope(look, right_scores(look.q, look.k)) is None:
                blocked("your log-weights do not follow any turn of k that is known, so it cannot be read")
    except CannotJudge:
        if how := seen_in_a_dot(answer, rng):
            mistake(how, explains=fault_of(answer, rng))
        raise


@shows("5.8", EXERCISE)
def test_weights_of_each_query_sum_to_one(answer: Answer, rng: Rng) -> None:
    """Each query shares out one whole: along which axis of the scores are its keys?"""
    first = None
    for look in looks(answer, rng, (BATCH, HEADS, SINGLE, FULL_CUBE)):
        axes = look.axes
        if axes is None:
            sums = look.weights.sum(axis=-1)
            blocked(f"your rows of weights sum to {sums.min():.2f} up to {sums.max():.2f}, and no other axis to one")
        first = first or look
        if axes != (-1,):
            require_attention(answer, look)
            if returned_turned(look):
                blocked("the weights you return have a row per key, unlike those that your output is mixed with")
            row = (0,) * (look.weights.ndim - 1)
            mistake(
                f"Without a mask, your weights sum to one over {softmax_axis_name(axes, look.weights.ndim)}; "
                f"those of query 0 sum to {look.row_sum(row):.2f}."
            )
    if first is not None:
        require_attention(answer, first)


@shows("5.9", EXERCISE)
def test_mask_comes_before_the_softmax(answer: Answer, rng: Rng) -> None:
    """What must the softmax see for a blocked key to get nothing?"""
    for free, masked, mask in masked_looks(answer, rng):
        if not (free.weights > 0).all():
            blocked("some of your weights are zero even without a mask")
        if not (np.isfinite(masked.weights).all() and np.isfinite(masked.output).all()):
            where = "weights" if not np.isfinite(masked.weights).all() else "output"
            values = getattr(masked, where)
            index = tuple(int(i) for i in np.argwhere(~np.isfinite(values))[0])
            mistake(
                f"Your {where} at {list(index)} became {values[index]} with a mask of 0 and -inf; "
                f"without a mask all are finite."
            )
        axes = free.axes
        if axes is None:
            blocked("your weights do not sum to one even without a mask")
        taken = removed(free, mask)
        before = shared_anew(taken, axes)
        if is_taken_away(free, masked, mask, taken, before):
            row = tuple(int(i) for i in np.argwhere((taken == 0).any(axis=-1))[0])
            kept = np.where(mask + np.zeros(taken.shape) == 0, masked.weights, 0.0)
            mistake(
                f"Row {row[-1]} of your weights sums to {free.row_sum(row):.2f} without a mask and to "
                f"{kept[row].sum():.2f} with one: what blocked keys had was taken away, not shared out anew."
            )
        if not same(masked.weights, before, masked.slack):
            blocked("with a mask, your weights are neither shared out anew nor just taken away")
        require_attention(answer, free)


@general(EXERCISE)
def test_attention_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Work the smallest case below by hand: scores, mask, softmax, and the mix of the values."""
    for args in cases(rng):
        expected.compare(answer, *args)


def masked_looks(answer: Answer, rng: Rng, with_broadcast: bool = False) -> Iterator[tuple[Look, Look, np.ndarray]]:
    """Each question without and with a mask. Shapes that raise are passed over as long as one does not."""
    plans = [(BATCH, (3, 4, 5)), (SINGLE, (5, 3))]
    plans += [(BATCH, (4, 5)), (HEADS, (3, 1, 1, 4))] if with_broadcast else []
    cubes = [(SQUARE, (4, 5)), (CUBE, (4, 3, 4)), (FULL_CUBE, (4, 4, 4))]
    seen, faults, problems = 0, [], []
    while plans:
        shape, mask_shape = plans.pop(0)
        q, k, v = inputs(rng, shape, 1.0)
        mask = chequered(rng, mask_shape)
        try:
            yield attend(answer, q, k, v), attend(answer, q, k, v, mask), mask
            seen += 1
        except Raised as fault:
            faults.append(fault)
            plans, cubes = plans + cubes, []
        except CannotJudge as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    if not seen:
        raise faults[0]


def mask_is_ignored(free: Look, masked: Look, mask: np.ndarray) -> bool:
    """Whether the result is the one without a mask, or weights that follow q·k for blocked keys as for others."""
    given = np.where(mask == 0, 0.0, masked.weights)
    if not (np.isfinite(masked.output).all() and given.max() > 1e-3):
        return False
    if same(masked.weights, free.weights, masked.slack):
        return same(masked.output, free.output, masked.slack)
    follow = (masked.weights > 0).all() and slope(masked, right_scores(masked.q, masked.k)) is not None
    return bool(follow and same(masked.output, masked.weights @ masked.v, masked.slack))


def is_taken_away(free: Look, masked: Look, mask: np.ndarray, taken: np.ndarray, before: np.ndarray) -> bool:
    """Whether the weights, or those that made the output, are the unmasked ones without the blocked ones."""
    if same(taken, before, masked.slack):
        return False
    visible = mask + np.zeros(taken.shape) == 0
    kept = same(np.where(visible, masked.weights, 0.0), taken, masked.slack)
    if kept and bool((masked.weights[~visible] <= GONE).all()):
        return True
    return same(masked.weights, free.weights, masked.slack) and same(masked.output, taken @ free.v, masked.slack)


def returned_turned(look: Look) -> bool:
    """Whether the output was mixed with the weights that came back, queries and keys in each other's place."""
    turned = np.swapaxes(look.weights, -1, -2)
    return turned.shape == look.weights.shape and same(look.output, turned @ look.v, look.slack)


def agreement(look: Look) -> float:
    """How far the log-weights go together with the true q·k: their correlation."""
    logs, scores = np.log(look.weights), right_scores(look.q, look.k)
    return float(np.corrcoef(logs.ravel(), scores.ravel())[0, 1])


def seen_in_a_dot(answer: Answer, rng: Rng) -> str | None:
    """In words, the wrong turn of K behind weights that np.dot gave an axis too many."""
    q, k, v = inputs(rng, FULL_CUBE, 1.0)
    try:
        return wrong_dot(answer(q, k, v), q, k)
    except Raised:
        return None


def fault_of(answer: Answer, rng: Rng) -> Raised | None:
    """What a wrong turn of K raises where the lengths do not fit by chance."""
    for shape in (BATCH, SINGLE, HEADS):
        try:
            answer(*inputs(rng, shape, 1.0))
        except Raised as fault:
            return fault
    return None


def cases(rng: Rng) -> Iterator[tuple[np.ndarray, ...]]:
    """Questions from the smallest on: any leading axes, masks of every shape that broadcasts, scores up to 30."""
    yield inputs(rng, ((), 1, 2, 2, 1), 1.0)
    small = ((), 2, 2, 3, 1)
    yield (*inputs(rng, small, 2.0), np.array([[0.0, -np.inf], [0.0, 0.0]]))
    yield inputs(rng, ((), 3, 1, 2, 4), 2.0)
    yield (*inputs(rng, ((1,), 5, 5, 3, 3), 4.0), np.triu(np.full((5, 5), -np.inf), k=1))
    yield (*inputs(rng, BATCH, 4.0), chequered(rng, (3, 4, 5)))
    yield (*inputs(rng, HEADS, 4.0), chequered(rng, (3, 1, 1, 4)))
    yield (*inputs(rng, HEADS, 4.0), chequered(rng, (5, 4)))
    yield (*inputs(rng, ((2, 1, 3), 2, 3, 5, 2), 4.0), chequered(rng, (3, 2, 3)))
    yield (*inputs(rng, FULL_CUBE, 4.0), np.zeros((4, 4)))
    yield inputs(rng, ((2,), 7, 6, 16, 2), 60.0)
    q, k, v = inputs(rng, ((2,), 3, 4, 5, 6), 4.0)
    yield q.astype(np.float32), k.astype(np.float32), v.astype(np.float32), chequered(rng, (1, 4))
    yield inputs(rng, small, 2.0)
