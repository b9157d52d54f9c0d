"""All that a general check asked of one function: which case shows best what is wrong, and what explains them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from grader.course.checks import WrongResult
from grader.course.difference import Difference, difference, inputs_are_small, is_small, parts, sentence
from grader.course.explanations import Explanation, explain
from grader.course.measure import close, printable
from grader.course.numbers import count

# A difference of this share of the largest number is seen at a glance.
PLAIN = 0.01


@dataclass(frozen=True)
class Case:
    """One question of a general check: the arguments by name, the student's result and the right one."""

    inputs: Mapping[str, Any]
    got: Any
    want: Any
    found: Difference | None

    @property
    def is_plain(self) -> bool:
        """Whether the difference is more than a trifle."""
        numbers = self.found.numbers if self.found else {}
        got, want = numbers.get("got"), numbers.get("want")
        if not isinstance(got, int | float) or not isinstance(want, int | float):
            return True
        return abs(got - want) > PLAIN * max(abs(want), 0.1 * _largest(self.want))

    @property
    def is_tiny(self) -> bool:
        """Whether the right result is a single number in an array, of which little can be learnt."""
        return isinstance(self.want, np.ndarray) and self.want.size < 2

    @property
    def is_round(self) -> bool:
        """Whether the message prints all digits of the arguments."""
        arrays = [value for value in self.inputs.values() if isinstance(value, np.ndarray)]
        return all(np.array_equal(value, printable(value), equal_nan=value.dtype.kind == "f") for value in arrays)

    @property
    def is_small(self) -> bool:
        """Whether the message prints all of it, so that it can be worked by hand."""
        return is_small(self.want) and is_small(self.got) and inputs_are_small(self.inputs)


class Comparison:
    """Collects the cases of one run of a general check, and says at the end what they come to."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def add(self, got: Any, want: Any, inputs: Mapping[str, Any]) -> None:
        """Compare one result with the right one; nothing is raised before `finish`."""
        self.cases.append(Case(inputs, got, want, difference(got, want)))

    @property
    def wrong(self) -> list[int]:
        """The numbers of the cases that are wrong."""
        return [number for number, case in enumerate(self.cases) if case.found]

    def finish(self) -> None:
        """Raise WrongResult with the case that shows it best, if any is wrong."""
        if not self.wrong:
            return
        hint = _explanation(self.cases, self.wrong)
        case = self.example(hint)
        numbers = {**case.found.numbers, "cases": len(self.cases), "wrong_cases": len(self.wrong)} if case.found else {}
        text = " ".join([sentence(case.found, case.inputs) if case.found else "", *self._rest(hint)])
        found = WrongResult(text, numbers)
        found.result = case.got
        raise found

    def example(self, hint: Explanation | None = None) -> Case:
        """The wrong case to show: one that can tell the hint from others, plain to see, and small."""
        choice = hint.telling if hint else tuple(self.wrong)
        return min(
            (self.cases[n] for n in choice),
            key=lambda case: (not case.is_plain, not case.is_small, case.is_tiny, not case.is_round),
        )

    def _rest(self, hint: Explanation | None) -> list[str]:
        right = len(self.cases) - len(self.wrong)
        said = [f"{hint.text}."] if hint else []
        if right and not hint:
            said.append(_circumstance(self.cases) or f"Right in {right} of {count(len(self.cases), 'case')}.")
        return said


def _largest(want: Any) -> float:
    arrays = [np.asarray(right, dtype=np.float64) for _, _, right in parts(want, want)]
    return max((float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) for values in arrays), default=0.0)


def _explanation(cases: Sequence[Case], wrong: Sequence[int]) -> Explanation | None:
    """What explains every case: of the first result that is wrong, where there are several."""
    split = [parts(case.got, case.want) for case in cases]
    if not all(split) or len({len(one) for one in split}) != 1:
        return None
    if len(split[0]) in _COUNTS and _is_reordered(split):
        said = f"The {_COUNTS[len(split[0])]} results are right but in the wrong order"
        return Explanation(said, tuple(wrong))
    for place in range(len(split[0])):
        pairs = [_as_arrays(one[place]) for one in split]
        off = [number for number in wrong if difference(*split[number][place][1:])]
        if off:
            known = [pair for pair in pairs if pair is not None]
            hint = explain(known, off) if len(known) == len(pairs) else None
            return hint or _unchanged(cases, place, off)
    return None


_COUNTS = {2: "two", 3: "three"}


def _is_reordered(split: Sequence[Sequence[tuple[str, Any, Any]]]) -> bool:
    """Whether the results of every case are the right ones in one and the same other order."""
    return any(
        all(
            difference(one[place][1], want) is None
            for one in split
            for place, (_, _, want) in zip(order, one, strict=True)
        )
        for order in permutations(range(len(split[0])))
    )


def _as_arrays(part: tuple[str, Any, Any]) -> tuple[np.ndarray, np.ndarray] | None:
    _, got, want = part
    if not all(isinstance(value, np.ndarray | int | float) for value in (got, want)):
        return None
    return np.asarray(got), np.asarray(want)


def _unchanged(cases: Sequence[Case], place: int, off: Sequence[int]) -> Explanation | None:
    """Whether a result is one of the arguments as it came."""
    for name, value in cases[0].inputs.items():
        if isinstance(value, np.ndarray) and value.ndim and all(_is_argument(case, place, name) for case in cases):
            return Explanation(f"It is {name}, unchanged", tuple(off))
    return None


def _is_argument(case: Case, place: int, name: str) -> bool:
    got, given = parts(case.got, case.want)[place][1], case.inputs.get(name)
    return isinstance(got, np.ndarray) and isinstance(given, np.ndarray) and close(got, given)


def _circumstance(cases: Sequence[Case]) -> str:
    """What all wrong cases have and no right one, where that is one thing only; "" otherwise."""
    wrong = [case.found is not None for case in cases]
    if wrong.count(False) < 2:
        return ""
    fitting = [name for name, holds in _CIRCUMSTANCES.items() if [holds(case.inputs) for case in cases] == wrong]
    longest = max(_longest(case.inputs) for case in cases if not case.found)
    if wrong.count(True) > 1 and all(_longest(case.inputs) > longest for case in cases if case.found):
        fitting.append(f"with an axis longer than {longest}")
    if len(fitting) != 1:
        return ""
    many, rest = wrong.count(True), wrong.count(False)
    if many == 1:
        return f"The only case {fitting[0]} is wrong, the other {rest} are right."
    together = "Both" if many == 2 else f"All {many}"
    return f"{together} cases {fitting[0]} are wrong, the other {rest} are right."


def _longest(inputs: Mapping[str, Any]) -> int:
    return max((n for value in inputs.values() for n in np.shape(value) if isinstance(value, np.ndarray)), default=0)


def _floats(inputs: Mapping[str, Any]) -> list[np.ndarray]:
    return [v for v in inputs.values() if isinstance(v, np.ndarray) and v.dtype.kind == "f"]


def _has_one_row(inputs: Mapping[str, Any]) -> bool:
    return any(isinstance(v, np.ndarray) and v.ndim > 1 and len(v) == 1 for v in inputs.values())


def _by_column(value: Any) -> bool:
    return isinstance(value, np.ndarray) and not value.flags.c_contiguous


_CIRCUMSTANCES: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "in single precision (float32)": lambda inputs: any(v.dtype == np.float32 for v in _floats(inputs)),
    "with negative numbers": lambda inputs: any((v[np.isfinite(v)] < 0).any() for v in _floats(inputs)),
    "with numbers that are not whole": lambda inputs: any((v != np.rint(v)).any() for v in _floats(inputs)),
    "with a batch of 1": _has_one_row,
    "with an empty cache (None)": lambda inputs: any(v is None for v in inputs.values()),
    "with an array that lies in memory as a transposed one does": lambda inputs: any(map(_by_column, inputs.values())),
    "with a mask": lambda inputs: inputs.get("mask") is not None,
}
