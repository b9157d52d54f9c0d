"""What the suites of stage 3 share: one function tried with several sizes of batch and context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from grader.course.checks import Answer, Rng, blocked
from grader.course.measure import close, name_of
from grader.student.faults import Raised

BATCHES = (1, 2, 3, 7, 32)


@dataclass(frozen=True)
class Case:
    """Arguments for one call, and the results [B, …] that count as right there (one, or one per bias left out).

    The contexts [B, C] are the one argument of integers.
    """

    args: tuple[Any, ...]
    rights: tuple[np.ndarray, ...]

    @property
    def ids(self) -> np.ndarray:
        """The contexts."""
        return next(arg for arg in self.args if arg.dtype.kind == "i")

    def rows(self, order: np.ndarray) -> Case:
        """The case of these contexts, by their places in this one; any may be taken several times."""
        args = tuple(arg[order] if arg is self.ids else arg for arg in self.args)
        return Case(args, tuple(right[order] for right in self.rights))


# Makes the case of a batch size and a context length.
Maker = Callable[[int, int], Case]


@dataclass(frozen=True)
class Try:
    """What came of a case: a result or an exception."""

    case: Case
    result: Any = None
    fault: Raised | None = None

    @property
    def exact(self) -> bool:
        """Right, and of the right shape."""
        return self.near and self.result.shape == self.case.rights[0].shape

    @property
    def form(self) -> int | None:
        """Which of the right results came, if any; axes of length one may be left over or lost."""
        if not isinstance(self.result, np.ndarray) or not _alike(self.result.shape, self.case.rights[0].shape):
            return None
        forms = (n for n, one in enumerate(self.case.rights) if close(self.result.reshape(one.shape), one))
        return next(forms, None)

    @property
    def near(self) -> bool:
        """Right but for axes of length one, which may be left over or lost."""
        return self.form is not None

    @property
    def but_for(self) -> str:
        """What a result that is nearly right lacks, for a sentence: ", apart from a missing bias"."""
        axis = "an extra axis" if self.with_axis_left_over else "a missing axis"
        lacks = ["a missing bias"] * bool(self.form) + [f"{axis} of length 1"] * (not self.exact)
        return f", apart from {' and '.join(lacks)}" if lacks else ""

    @property
    def with_axis_left_over(self) -> bool:
        """Right but for axes of length one that may be left over."""
        return self.near and self.result.ndim >= self.case.rights[0].ndim

    @property
    def in_words(self) -> str:
        """What came, for a sentence: "an array of shape [3, 8]", "None"."""
        return name_of(self.result)


def _alike(shape: Sequence[int], other: Sequence[int]) -> bool:
    """Whether one shape is the other with some axes of length one taken out."""
    longer, shorter = sorted((list(shape), list(other)), key=len, reverse=True)
    for size in longer:
        if shorter and size == shorter[0]:
            shorter = shorter[1:]
        elif size != 1:
            return False
    return not shorter


def attempt(answer: Answer, case: Case) -> Try:
    """Call the function; an exception of its own is a result too."""
    try:
        return Try(case, answer(*case.args))
    except Raised as fault:
        return Try(case, fault=fault)


def give_up(tries: Sequence[Try], reason: str) -> NoReturn:
    """Pass on the first exception of the student's code, or else block the check."""
    fault = next((one.fault for one in tries if one.fault), None)
    if fault is not None:
        raise fault
    blocked(reason)


def contexts(rng: Rng, batch: int, words: int, vocab_size: int) -> np.ndarray:
    """Contexts [B, C] of distinct words each, the first not in rising order.

    Two that follow each other share no first or last word.
    """
    start, step = rng.integers(vocab_size), rng.integers(1, vocab_size)
    places = np.arange(words)[None, :] * 2 + np.arange(batch)[:, None] * 3
    while True:
        shuffled: np.ndarray = rng.permutation(vocab_size)
        result: np.ndarray = shuffled[(start + step * places) % vocab_size]
        if words == 1 or (np.diff(result[0]) < 0).any():
            return result
