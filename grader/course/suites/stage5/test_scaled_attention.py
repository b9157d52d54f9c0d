"""Scaled dot-product attention: the weights show temperature, softmax axis, transpose of K and place of the mask."""

from collections.abc import Iterator

import numpy as np

from grader.course.checks import Answer, CannotJudge, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import softmax
from grader.course.suites.stage5 import _masking as masking
from grader.course.suites.stage5._keys import scores_without_keepdims, wrong_transpose
from grader.course.suites.stage5._masking import chequered, masked_looks, one_open
from grader.course.suites.stage5._probe import (
    BATCH,
    BATCH_OF_ONE,
    FLAT,
    FULL_CUBE,
    FULL_CUBE_OF_HEADS,
    HEADS,
    SINGLE,
    SQUARE,
    Look,
    inputs,
    looks,
    place_of,
    require_attention,
    right_scores,
    slope,
    softmax_axis_name,
)
from grader.course.suites.stage5._unmasked import (
    fault_of,
    refuse_sums,
    require_root_of_d_k,
    require_row_sums,
    returned_transposed,
    seen_in_a_dot,
)
from grader.student.faults import Raised

EXERCISE = "scaled_attention"


@shows("5.1", EXERCISE)
def test_mask_changes_the_weights(answer: Answer, rng: Rng) -> None:
    """Where is the mask added to the scores, and which line uses the sum?"""
    first = None
    for free, masked, mask in masked_looks(answer, rng, with_broadcast=True):
        if masking.mask_is_ignored(free, masked, mask):
            require_attention(answer, free)
            given = masking.on_masked(masked, mask)
            place = tuple(int(i) for i in np.unravel_index(given.argmax(), given.shape))
            mistake(
                "The mask blocks key {key} for query {query}, but its weight is {weight} with the mask and {free} "
                "without it.",
                key=place[-1],
                query=place_of(place[:-1]),
                weight=float(masked.weights[place]),
                free=float(free.weights[place]),
            )
        masking.require_masked(masked, mask)
        first = first or free
    if first is not None:
        require_attention(answer, first)


@shows("5.2", EXERCISE)
def test_scores_are_divided_by_the_root_of_d_k(answer: Answer, rng: Rng) -> None:
    """Which length makes dot products grow, and how fast do they grow with it?"""
    try:
        for look in looks(answer, rng, (BATCH, SINGLE, HEADS, FULL_CUBE)):
            require_root_of_d_k(look)
    except (CannotJudge, Raised):
        for look in squares(answer, rng):
            if scores_without_keepdims(look) is not None:
                require_root_of_d_k(look)
        raise


@shows("5.3", EXERCISE)
def test_keys_are_transposed_on_their_last_two_axes(answer: Answer, rng: Rng) -> None:
    """Which two axes of k have to change places so that every query is compared with every key?"""
    try:
        for look in looks(answer, rng, (FULL_CUBE, FULL_CUBE_OF_HEADS, SQUARE, BATCH)):
            how = wrong_transpose(look)
            if how is not None:
                logs, scores = np.log(look.weights), right_scores(look.q, look.k)
                mistake(
                    f"For k of shape {{shape}}, your weights follow q @ k with {how}. Between the logarithms of "
                    "your weights and the true q·k, the correlation is only {correlation}.",
                    shape=look.k.shape,
                    correlation=float(np.corrcoef(logs.ravel(), scores.ravel())[0, 1]),
                    explains=fault_of(answer, rng),
                )
            if slope(look, right_scores(look.q, look.k)) is None:
                blocked("the logarithms of your weights follow no known transpose of k, so it cannot be read from them")
    except CannotJudge:
        if told := seen_in_a_dot(answer, rng):
            mistake(told[0], explains=fault_of(answer, rng), **told[1])
        raise


@shows("5.8", EXERCISE)
def test_weights_of_each_query_sum_to_one(answer: Answer, rng: Rng) -> None:
    """Each query shares one unit of weight among the keys: along which axis of the scores are they?"""
    first = None
    for look in looks(answer, rng, (SINGLE, BATCH, HEADS, FULL_CUBE)):
        axes = look.axes
        if axes is None:
            refuse_sums(look)
        first = first or look
        if axes != (-1,):
            require_attention(answer, look)
            if returned_transposed(look):
                blocked("the weights that you return have a row per key, unlike those that make your output")
            sums = look.weights.sum(axis=-1)
            row = tuple(int(i) for i in np.unravel_index(np.abs(sums - 1).argmax(), sums.shape))
            mistake(
                f"Without a mask, your weights (shape {{shape}}) sum to 1 over "
                f"{softmax_axis_name(axes, look.weights.ndim)}. Those of query {{query}} sum to {{total}}.",
                shape=look.weights.shape,
                query=place_of(row),
                total=float(sums[row]),
            )
    if first is not None:
        require_attention(answer, first)


@shows("5.9", EXERCISE)
def test_mask_comes_before_the_softmax(answer: Answer, rng: Rng) -> None:
    """What must the softmax see so that a masked key gets no weight?"""
    first = None
    for free, masked, mask in masked_looks(answer, rng):
        if not (free.weights > 0).all():
            blocked("some of your weights are zero even without a mask")
        masking.require_no_infinity(free, masked, mask)
        axes = masking.softmax_axes(free)
        if axes is None:
            blocked("your weights do not sum to one even without a mask")
        masking.require_redistributed(free, masked, mask, axes)
        first = first or free
    if first is not None:
        require_attention(answer, first)


@shows("5.11", EXERCISE)
def test_open_keys_get_the_weight(answer: Answer, rng: Rng) -> None:
    """Which keys does a 0 in the mask leave open, and which does a -inf?"""
    asked = list(masked_looks(answer, rng))
    free, masked, mask = asked[0]
    require_attention(answer, free)
    if all(masking.is_turned_round(look, blocks) for _, look, blocks in asked):
        opened = masking.is_open(mask, masked.weights)
        row = (0,) * (masked.weights.ndim - 1)
        mistake(
            "For query {query} the mask leaves the keys {open} open. Your weights give them {kept} in all, and "
            "{given} to the masked keys.",
            query=place_of(row),
            open=np.flatnonzero(opened[row]).tolist(),
            kept=float(masked.weights[row][opened[row]].sum()),
            given=float(masked.weights[row][~opened[row]].sum()),
        )
    for _, look, blocks in asked:
        masking.require_masked(look, blocks)


@shows("5.12", EXERCISE)
def test_mask_makes_no_nan(answer: Answer, rng: Rng) -> None:
    """Which step of your code makes the first NaN? 0 · -inf is NaN for numpy, and so is -inf - -inf."""
    first = None
    for free, masked, mask in masked_looks(answer, rng, make=one_open):
        place = masking.not_a_number(masked, mask)
        if place is not None:
            nans = np.isnan(masked.weights)
            how_many = "all {size} of your" if nans.all() else "{count} of your {size}"
            mistake(
                f"With a mask of 0 and -inf, {how_many} weights are NaN, "
                "also those of open keys (query {query}, key {key}). Without a mask all are finite.",
                count=int(nans.sum()),
                size=nans.size,
                query=place_of(place[:-1]),
                key=place[-1],
            )
        masking.require_masked(masked, mask)
        first = first or free
    if first is not None:
        require_attention(answer, first)


@shows("5.14", EXERCISE)
def test_each_row_is_divided_by_its_own_sum(answer: Answer, rng: Rng) -> None:
    """Each row is divided by its own sum: which shape must the sums have for that?"""
    seen = None
    for look in squares(answer, rng):
        scores = None if look.axes else scores_without_keepdims(look)
        if scores is not None:
            own = softmax(scores)
            query, key = np.unravel_index(np.abs(look.weights - own).argmax(), own.shape)[-2:]
            mistake(
                "For {count:query|queries} and {count:key}, your weight of query {query} and key {key} is {weight}. "
                "That is exp(score) divided by the sum of row {key}. Divided by the sum of its own row {query}, it "
                "would be {own}.",
                count=own.shape[-1],
                query=int(query),
                key=int(key),
                weight=float(look.weights[..., query, key].item()),
                own=float(own[..., query, key].item()),
                explains=fault_of(answer, rng),
            )
        seen = look
        require_row_sums(look)
    if seen is not None:
        require_attention(answer, seen)


@general(EXERCISE)
def test_attention_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Work out one query and two keys by hand: scores, mask, softmax, and the mix of the values."""
    for args in cases(rng):
        expected.compare(answer, *args)


def squares(answer: Answer, rng: Rng) -> Iterator[Look]:
    """Weights of as many queries as keys, for one sequence alone and for a batch of one."""
    return looks(answer, rng, (FLAT, BATCH_OF_ONE))


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
    yield inputs(rng, ((6,), 17, 19, 18, 3), 60.0)
    q, k, v = inputs(rng, ((2,), 3, 4, 5, 6), 4.0)
    yield q.astype(np.float32), k.astype(np.float32), v.astype(np.float32), chequered(rng, (1, 4))
    yield inputs(rng, small, 2.0)
