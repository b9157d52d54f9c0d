"""Causal self-attention: its weights are read back from the output, and say where the future went."""

import math

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import softmax
from grader.course.suites.stage5._reading import (
    ALL,
    BUT_LAST,
    LAST,
    Asked,
    Read,
    inputs,
    is_turned_round,
    outputs,
    read_back,
    reads,
    require_lively,
    require_masked,
    sees_all,
    shares_out,
)

EXERCISE = "causal_self_attention"


@shows("5.1", EXERCISE)
def test_no_position_sees_a_later_one(answer: Answer, rng: Rng) -> None:
    """Change the last token only: which outputs may move?"""
    for read in reads(answer, rng):
        leak = np.abs(read.future).max()
        if leak > read.noise and (sees_all(read) or shares_out(read)):
            batch, query, key = np.argwhere(np.triu(np.abs(read.weights), k=1) >= leak)[0]
            mistake(
                "Your output at position {query} holds a share of {share} of the value at position {key}, "
                "which comes later.",
                query=int(query),
                key=int(key),
                share=float(read.weights[batch, query, key]),
            )
        if leak > read.noise:
            blocked("your outputs take from later positions, but not as attention without a mask does")
        require_lively(read)


@shows("5.2", EXERCISE)
def test_scores_are_divided_by_the_root_of_d_k(answer: Answer, rng: Rng) -> None:
    """Which of D, T and d_k is the length of the vectors that are multiplied?"""
    for read in reads(answer, rng, LAST):
        found = read.slope
        if found is None or found <= 0:
            blocked("the weights of your last position do not follow q·k, so the temperature cannot be read from them")
        root = math.sqrt(read.d_k)
        if abs(found * root - 1) > (0.02 if read.slack < 1e-3 else 0.08):
            mistake(
                "With d_k = {d_k}, the scores of your last position are q·k divided by {divisor}, where √d_k is "
                "{root}: they are {factor:times} as large as they should be.",
                d_k=read.d_k,
                factor=found * root,
                divisor=1 / found,
                root=root,
            )


@shows("5.9", EXERCISE)
def test_mask_comes_before_the_softmax(answer: Answer, rng: Rng) -> None:
    """What must the softmax see so that a later key gets no weight?"""
    for asked in outputs(answer, rng):
        require_no_infinity(asked)
        read = read_back(asked, ALL)
        if read.future.min() < -1e3:
            mistake(
                "A later position has a weight of {weight} in your output. Softmax gives no such number: the mask "
                "itself is among the weights.",
                weight=float(read.future.min()),
            )
        if read.slope is None:
            blocked("the weights of your last position do not follow q·k, so the others cannot be judged")
        require_redistributed(read)


@shows("5.11", EXERCISE)
def test_the_past_gets_the_weight(answer: Answer, rng: Rng) -> None:
    """Which side of the diagonal do your outputs come from?"""
    early = [(asked, read_back(asked, BUT_LAST)) for asked in outputs(answer, rng)]
    if all(is_turned_round(read) for _, read in early):
        _, read = early[0]
        row = read.length - 2
        mistake(
            "Your output at position {query} is made of the value at the later position {key}, with a weight of "
            "{given}. The {count:position} that it may see, its own among them, have no weight.",
            query=row,
            key=row + 1,
            given=float(read.weights[0, row, row + 1]),
            count=row + 1,
        )
    for asked, _ in early:
        require_masked(read_back(asked, ALL))


@shows("5.12", EXERCISE)
def test_mask_makes_no_nan(answer: Answer, rng: Rng) -> None:
    """Which step of your code makes the first NaN? 0 · -inf is NaN for numpy, and so is -inf - -inf."""
    for asked in outputs(answer, rng):
        rows = np.isnan(asked.output).all(axis=(0, 2))
        if rows[:-1].all():
            where = "{count} positions, also at the last one, which has no later key to mask"
            if not rows[-1]:
                where = "{count} positions that have a later key to mask. At the last one, which has none, it is not"
            mistake(f"For {{size}} tokens, your output is NaN at all {where}.", size=rows.size, count=int(rows.sum()))
        require_masked(read_back(asked, ALL))


@general(EXERCISE)
def test_self_attention_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Work it out for two tokens by hand: what does each make of the first, and of itself?"""
    for size in ((1, 1, 1, 1), (1, 2, 2, 1), (1, 2, 2, 2), (2, 3, 4, 2), (4, 4, 4, 4), (6, 7, 20, 3), (1, 70, 4, 3)):
        expected.compare(answer, *inputs(rng, size))
    expected.compare(answer, *inputs(rng, (2, 5, 6, 18), 60.0))
    expected.compare(answer, *(part.astype(np.float32) for part in inputs(rng, (2, 5, 4, 3))))
    expected.compare(answer, *inputs(rng, (1, 2, 2, 2)))


def require_no_infinity(asked: Asked) -> None:
    """Name 5.9 where the mask's -inf reached the output of a row with masked keys; block the check at any NaN else."""
    found = np.isinf(asked.output[:, :-1])
    if found.any() and np.isfinite(asked.output[:, -1]).all():
        batch, query, feature = (int(i) for i in np.argwhere(found)[0])
        mistake(
            "Your output at position {query} is {value} (at {index}): the mask's -inf reached the weights. The last "
            "position, which has nothing to mask, is finite.",
            query=query,
            value=float(asked.output[batch, query, feature]),
            index=(batch, query, feature),
        )


def require_redistributed(read: Read) -> None:
    """Name 5.9 where the weight of later keys was dropped; block the check where it is not redistributed."""
    full = softmax(read.scores * (read.slope or 0.0))
    kept = np.tril(full)
    asked = kept / kept.sum(axis=-1, keepdims=True)
    slack = (0.02 if read.slack < 1e-3 else 0.05) * np.abs(kept - asked).max()
    if np.abs(read.weights - kept).max() <= slack:
        sums = read.weights.sum(axis=-1)
        batch, row = np.unravel_index(sums.argmin(), sums.shape)
        mistake(
            "The weights of position {row} sum to {total}, those of the last one to {last}: the weight of the later "
            "keys was dropped, not redistributed.",
            row=int(row),
            total=float(sums[batch, row]),
            last=float(sums[batch, -1]),
        )
    if np.abs(read.weights - asked).max() > slack:
        blocked("the weight of later keys is neither redistributed among the visible ones nor just dropped")
