"""Adding positions: the result is as large as the embeddings, and each token differs by its position's vector."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, close, is_constant, name_of
from grader.student.faults import Raised

EXERCISE = "add_positions"
# (batch, tokens, features, rows of the table): the first is one in which parts fit together by chance.
SIZES = ((3, 4, 6, 4), (1, 5, 4, 5), (2, 3, 8, 7), (4, 2, 5, 9), (3, 4, 4, 4))


@shows("5.6", EXERCISE)
def test_result_is_as_wide_and_as_long_as_the_embeddings(answer: Answer, rng: Rng) -> None:
    """A vector that knows its place: must it become longer for that?"""
    seen, faults = 0, []
    for size in SIZES:
        embeddings, table = inputs(rng, size)
        try:
            got = answer(embeddings, table)
        except Raised as fault:
            faults.append(fault)
            continue
        seen += 1
        if told := joined_evidence(got, embeddings, table):
            mistake(told[0], explains=faults[0] if faults else fault_of(answer, rng), **told[1])
        if not is_sum(array(got, embeddings.shape), embeddings):
            blocked("what you add to the embeddings is not the same for every sequence of the batch")
    if not seen:
        raise_joining(faults[0])


@general(EXERCISE)
def test_positions_are_added(answer: Answer, rng: Rng, expected: Expected) -> None:
    """For one token at position 0 and one at position 1: what is each feature the sum of?"""
    for size in (
        (1, 1, 1, 1),
        (1, 2, 2, 2),
        (1, 2, 3, 5),
        (3, 1, 4, 6),
        (4, 4, 4, 4),
        (6, 5, 20, 70),
        (1, 600, 1, 700),
    ):
        expected.compare(answer, *inputs(rng, size))
    embeddings, table = inputs(rng, (2, 3, 5, 8))
    expected.compare(answer, (4 * embeddings).astype(np.float32), (4 * table).astype(np.float32))
    expected.compare(answer, *inputs(rng, (1, 2, 3, 5)))


def inputs(rng: Rng, size: tuple[int, int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings [B, T, D] and a table [max_len, D]."""
    batch, length, width, rows = size
    return rng.normal(size=(batch, length, width)), rng.normal(size=(rows, width)) + 2.0


def joined_evidence(got: object, embeddings: np.ndarray, table: np.ndarray) -> tuple[str, dict[str, Any]] | None:
    """How features or length grew, or which sum of joined parts the result is; None for a sum feature by feature."""
    if not isinstance(got, np.ndarray):
        blocked(f"your result is {name_of(got)}, not a numpy array of numbers")
    batch, length, width = embeddings.shape
    result = array(got)
    if is_constant(result):
        blocked("all numbers of your result are the same")
    is_batch = result.ndim == 3 and result.shape[0] == batch and result.size > embeddings.size
    if is_batch and (result.shape[1] > length or result.shape[2] > width):
        axis, name = (2, "feature") if result.shape[2] > width else (1, "token")
        return (
            f"For embeddings of shape {{asked}}, {{before:{name}}} became {{after}}: your result has shape {{shape}}.",
            {
                "asked": embeddings.shape,
                "before": embeddings.shape[axis],
                "after": result.shape[axis],
                "shape": got.shape,
            },
        )
    if result.shape == embeddings.shape and is_sum(result, embeddings):
        return None
    for how, value in joined(embeddings, table[:length]):
        if got.shape == value.shape and close(got, value):
            text = f"For embeddings of shape {{asked}}, your result is what embeddings and positions give when {how}."
            return text, {"asked": embeddings.shape}
    return None


def joined(embeddings: np.ndarray, rows: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Results of the right shape, or of a smaller one, that come of joining first."""
    where = np.broadcast_to(rows, embeddings.shape)
    batch, length, width = embeddings.shape
    for first, second in ((embeddings, where), (where, embeddings)):
        wide, long = np.concatenate([first, second], axis=-1), np.concatenate([first, second], axis=1)
        for name, reduce in (("summed", np.sum), ("averaged", np.mean)):
            yield f"joined and {name} in neighbouring pairs", reduce(wide.reshape(batch, length, width, 2), axis=-1)
            yield f"joined and {name} in neighbouring tokens", reduce(long.reshape(batch, length, 2, width), axis=2)
            for keep in (False, True):
                yield f"joined and {name} over all features", reduce(wide, axis=-1, keepdims=keep)
                yield f"joined and {name} over all tokens", reduce(long, axis=1, keepdims=keep)
            yield f"joined and {name} over all features", embeddings * 0 + reduce(wide, axis=-1, keepdims=True)
        yield "joined, with every second feature kept", wide[..., ::2]
        yield "joined, with every second feature kept", wide[..., 1::2]
        for cut in range(1, width):
            yield f"joined at feature {cut}", np.concatenate([first[..., :cut], second[..., cut:]], axis=-1)
            yield f"joined at feature {cut}", np.concatenate([first[..., :cut], second[..., : width - cut]], axis=-1)
            yield f"joined at feature {cut}", wide[..., cut : cut + width]


def is_sum(got: np.ndarray, embeddings: np.ndarray) -> bool:
    """Whether what was added to each token is one and the same thing for the whole batch."""
    added = got - embeddings
    return not is_constant(added) and bool(np.abs(added - added[:1]).max() <= 2e-2)


def fault_of(answer: Answer, rng: Rng) -> Raised | None:
    """What joining raises where the table is longer than the sequence."""
    for size in SIZES:
        try:
            answer(*inputs(rng, size))
        except Raised as fault:
            return fault
    return None


def raise_joining(fault: Raised) -> None:
    """Name the mistake where numpy refused to join a batch and a table, or let the fault through."""
    if (
        "concatenat" in fault.text
        or "input array dimensions" in fault.text
        or "same number of dimensions" in fault.text
    ):
        source = " ".join(frame.source for frame in fault.frames)
        if any(word in source for word in ("concat", "append", "stack")):
            mistake(
                f"Your code joins embeddings and positions, which numpy refuses here: {fault.text.split(',')[0]}.",
                explains=fault,
            )
    raise fault
