"""The size of a vocabulary: as small as it may be, and no smaller."""

import builtins
import math
from collections.abc import Iterator, Sequence

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import name_of, number
from grader.course.numbers import shown
from grader.student.faults import Raised

Case = tuple[np.ndarray, list[int], float]
TOTAL = 1024


def _text(rng: Rng, types: int, steepness: float) -> tuple[np.ndarray, list[int]]:
    """How often each type of a text of 1024 words occurs, and five candidate sizes in ascending order."""
    weights = 1 / np.arange(1, types + 1) ** steepness
    counts = np.maximum(1, (weights / weights.sum() * (TOTAL - types)).astype(int))
    counts[0] += TOTAL - counts.sum()
    sizes = sorted(int(n) for n in rng.choice(np.arange(2, types), size=5, replace=False))
    return rng.permutation(counts), sizes


def _unknown(counts: np.ndarray, size: int) -> int:
    """How many occurrences are left unknown by the `size` most frequent types."""
    return int(np.sort(counts)[::-1][max(0, size) :].sum())


def _cases(rng: Rng) -> Iterator[Case]:
    """Texts with few and with many rare words, and the right size in every place among the candidates.

    The rate is what the right size leaves exactly, or one word less than what the next smaller one leaves. Only
    powers of two are divided by, so that no way of adding up shares rounds another way.
    """
    for wanted in (2, 1, 0, 3, 4):
        few, many = (int(rng.integers(20, 40)), 0.8), (int(rng.integers(100, 140)), 1.6)
        counts, sizes = _text(rng, *(many if wanted % 2 else few))
        yield counts, [sizes[i] for i in rng.permutation(5)], _unknown(counts, sizes[wanted]) / TOTAL
        too_many = _unknown(counts, sizes[wanted - 1]) if wanted else TOTAL
        yield counts, sizes, (too_many - 1) / TOTAL


@shows("6.10", "choose_vocab_size")
def test_size_leaves_few_enough_unknown(answer: Answer, rng: Rng) -> None:
    """What share of all words in the text would your size turn into unknown ones?"""
    cases = list(_cases(rng))
    sizes = [_size(answer, *case) for case in cases]
    if _are_indices(sizes, cases):
        blocked("you return the index of a candidate and not the candidate")
    for size, (counts, _, rate) in zip(sizes, cases, strict=True):
        if size is not None:
            _require_enough(size, counts, rate)
    for size, (_, candidates, _) in zip(sizes, cases, strict=True):
        if size not in candidates:
            got = "raise ValueError" if size is None else f"return {size}"
            blocked(f"you {got} where one of the candidates {candidates} leaves few enough words unknown")
    if all(size == max(candidates) for size, (_, candidates, _) in zip(sizes, cases, strict=True)):
        blocked("you return the largest candidate for every text")
    _require_refusal(answer, cases[0])


def _size(answer: Answer, counts: np.ndarray, candidates: list[int], rate: float) -> int | None:
    """The size that comes back, or None where the student's code refuses with a ValueError."""
    try:
        size = number(answer(counts, candidates, rate))
    except Raised as fault:
        if fault.type_name != "ValueError":
            raise
        return None
    if size != int(size) if np.isfinite(size) else True:
        blocked(f"your result is {shown(size)} and not a size")
    if not 0 <= size < 1e9:
        blocked(f"your result is {shown(size)} and not a size")
    return int(size)


def _are_indices(sizes: Sequence[int | None], cases: Sequence[Case]) -> bool:
    """Whether the results are places in the lists of candidates."""
    right = [min(n for n in sizes if _unknown(counts, n) <= rate * TOTAL) for counts, sizes, rate in cases]
    in_order = [sorted(case[1]).index(size) for case, size in zip(cases, right, strict=True)]
    as_given = [case[1].index(size) for case, size in zip(cases, right, strict=True)]
    return any(
        list(sizes) == [place + first for place in places] for places in (in_order, as_given) for first in (0, 1)
    )


def _require_enough(size: int, counts: np.ndarray, rate: float, begin: str = "Your size {size}") -> None:
    unknown, total = _unknown(counts, size), int(counts.sum())
    if unknown > rate * total:
        mistake(
            f"{begin} leaves {{unknown}} of {{total}} words unknown, and at most {{allowed}} are allowed ({{rate}} of "
            "them).",
            size=size,
            unknown=unknown,
            total=total,
            allowed=math.floor(rate * total),
            rate=rate,
        )


def _require_refusal(answer: Answer, case: Case) -> None:
    """No candidate is large enough: whatever size comes back is too small."""
    counts, candidates, _ = case
    rate = _unknown(counts, max(candidates)) / TOTAL / 2
    try:
        value = answer(counts, candidates, rate)
    except Raised:
        return
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value < 1e9 and value == int(value):
        begin = "No candidate is large enough here, so a ValueError is asked for. You return {size}, which"
        _require_enough(int(value), counts, rate, begin)


@general("choose_vocab_size")
def test_size_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """For counts 5, 2 and 1: how many of the 8 words does a vocabulary of one type leave unknown, and one of two?"""
    expected.compare(answer, np.array([5, 2, 1]), [1, 2, 3], 0.5)
    expected.compare(answer, np.array([5, 2, 1]), [1, 2, 3], 0.125)
    expected.compare(answer, np.array([1, 2, 5]), [1, 2, 3], 0.25)
    expected.compare(answer, np.array([1, 4, 2, 1]), [4, 2], 0.25)
    expected.compare(answer, np.array([4, 2, 1, 1]), [2, 3, 50], 0.0)
    for counts, candidates, rate in _cases(rng):
        expected.compare(answer, counts, candidates, rate)
    counts, _ = _text(rng, 70, 1.1)
    many = [int(n) for n in rng.permutation(np.arange(3, 60, 3))]
    expected.compare(answer, counts, many, _unknown(counts, 33) / TOTAL)
    _require_value_error(answer, np.array([4, 2, 1, 1]), [1, 2], 0.125)
    counts, candidates, _ = next(_cases(rng))
    _require_value_error(answer, counts, candidates, _unknown(counts, max(candidates)) / TOTAL / 2)
    expected.compare(answer, np.array([5, 2, 1]), [1, 2, 3], 0.5)


def _require_value_error(answer: Answer, counts: np.ndarray, candidates: list[int], rate: float) -> None:
    try:
        value = answer(counts, candidates, rate)
    except Raised as fault:
        kind = getattr(builtins, fault.type_name, None)
        if isinstance(kind, type) and not issubclass(kind, ValueError):
            wrong(f"No candidate of {candidates} is large enough. Your code raises {fault}, not a ValueError.")
        return
    wrong(f"No candidate of {candidates} is large enough. You return {name_of(value)}, and a ValueError is asked for.")
