"""Helpers that measure a property of a result, or say that it cannot be measured.

They raise CannotJudge, so that a check about one mistake never accuses because of another problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.course.checks import blocked
from grader.course.numbers import DIGITS, shown
from grader.course.numbers import times as times
from grader.student.plain import Opaque

RELATIVE_TOLERANCE = 1e-4
# Arrays of so many numbers are printed in a message.
MOST_PRINTED = 12
HALF_PRECISION_TOLERANCE = 2e-2


def tolerance(value: Any) -> float:
    """How far a result may be off, relative to its size: students may compute in half or single precision."""
    dtype = getattr(value, "dtype", None)
    return HALF_PRECISION_TOLERANCE if dtype is not None and dtype == np.float16 else RELATIVE_TOLERANCE


def name_of(value: Any) -> str:
    """What a result is, in words: "an array of shape [2, 3]", "None", "the number 2.5"."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {shape_text(value)}"
    if value is None:
        return "None"
    if isinstance(value, list):
        return f"a list or tuple of {len(value)} item{'' if len(value) == 1 else 's'}"
    if isinstance(value, Opaque):
        return f"an object of type {value.type_name}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"the number {shown(value)}"
    return f"{type(value).__name__} {str(value)[:40]}"


def printable(value: Any) -> Any:
    """An array that a message prints in full, rounded to the digits printed: what is shown can be worked by hand."""
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or not 0 < value.size <= MOST_PRINTED:
        return value
    short = [float(f"{number:.{DIGITS}g}") for number in value.ravel().tolist()]
    return np.array(short, dtype=value.dtype).reshape(value.shape)


def shape_text(value: np.ndarray | Sequence[int]) -> str:
    """A shape as it is written in the docstrings: [2, 3]."""
    return str([int(n) for n in (value.shape if isinstance(value, np.ndarray) else value)])


def array(value: Any, shape: Sequence[int] | None = None, name: str = "result", *, finite: bool = True) -> np.ndarray:
    """`value` as a float64 array of exactly this shape (any, if None), or the check is blocked."""
    if not isinstance(value, np.ndarray):
        blocked(f"your {name} {_verb(name, 'is', 'are')} {name_of(value)}, not a numpy array of numbers")
    if shape is not None and value.shape != tuple(shape):
        blocked(
            f"your {name} {_verb(name, 'has', 'have')} shape {shape_text(value)} where {shape_text(shape)} is asked for"
        )
    result = value.astype(np.float64)
    if finite and not np.isfinite(result).all():
        blocked(f"your {name} {_verb(name, 'holds', 'hold')} {_first_not_finite(result)}")
    return result


def _verb(name: str, singular: str, plural: str) -> str:
    """The verb for a result by its name, of which the first word counts: "weights", "mask for 2 tokens"."""
    return plural if name.split()[0].endswith("s") else singular


def _first_not_finite(values: np.ndarray) -> str:
    # argwhere would list the places of all of them, with a number for every axis.
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(~np.isfinite(values))), values.shape))
    return f"{values[index]} (at {list(index)})"


def pair(value: Any, names: tuple[str, str] = ("first result", "second result")) -> tuple[Any, Any]:
    """The two results of a function that returns two; a stacked array [2, ...] is a pair as well."""
    is_array = isinstance(value, np.ndarray) and value.ndim > 0
    if not (is_array or isinstance(value, list)) or len(value) != 2:
        blocked(f"your function returned {name_of(value)} where a pair ({', '.join(names)}) is asked for")
    return value[0], value[1]


def number(value: Any, name: str = "result") -> float:
    """`value` as a float, or the check is blocked. NaN and infinities are numbers here."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool | int | float):
        return float(value)
    blocked(f"your {name} is {name_of(value)}, not a single number")


def close(got: Any, want: Any, loosen: float = 1.0) -> bool:
    """Whether two arrays or numbers of one shape are equal up to rounding at the result's own precision."""
    return np.shape(got) == np.shape(want) and not bool(places_off(got, want, loosen).any())


def places_off(got: Any, want: Any, loosen: float = 1.0) -> np.ndarray:
    """Where two arrays of one shape are not equal up to rounding: what `close` judges by, and what a message counts.

    Infinities and NaN must stand where they are asked.
    """
    mine, right = np.asarray(got, dtype=np.float64), np.asarray(want, dtype=np.float64)
    slack = tolerance(got) * loosen
    size = np.abs(right)
    if np.isfinite(size).all():
        scale = float(size.max(initial=0.0)) or 1.0
        # Written out, for np.isclose takes five times as long and this is called a hundred times a submission.
        return np.asarray(~(np.abs(mine - right) <= slack * (size + 0.1 * scale)))
    finite = np.isfinite(right)
    scale = float(size[finite].max(initial=0.0)) or 1.0
    with np.errstate(invalid="ignore"):
        near = np.abs(mine - right) <= slack * (size + 0.1 * scale)
        same = (mine == right) | (np.isnan(mine) & np.isnan(right))
    return np.asarray(np.where(finite, ~near, ~same))


def softmax(scores: np.ndarray, axis: int = -1) -> np.ndarray:
    """Softmax along an axis, shifted by the maximum so that nothing overflows."""
    shifted = scores - scores.max(axis=axis, keepdims=True)
    exps = np.exp(shifted)
    result: np.ndarray = exps / exps.sum(axis=axis, keepdims=True)
    return result


def by_column(value: Any) -> Any:
    """An array of the same shape and numbers that lies in memory as a transposed one does; anything else as it is."""
    return np.asfortranarray(value) if isinstance(value, np.ndarray) else value


def is_constant(values: np.ndarray) -> bool:
    """Whether all numbers of an array are the same, so that they show nothing of how they came about."""
    return values.size > 1 and bool(np.ptp(values) <= 1e-9 * max(1.0, float(np.abs(values).max())))


# Scores of ordinary size differ by 60 at most; a mask that sinks a key deeper than this leaves it no weight.
SUNK = -74.0


def mask_weights(mask: np.ndarray, name: str = "mask") -> np.ndarray:
    """The weights that softmax makes of a mask [..., Tq, Tk] on equal scores, each row summing to one.

    Blocks the check where the mask holds NaN or +inf, or a row with nothing visible.
    """
    if np.isnan(mask).any() or np.isposinf(mask).any():
        blocked(f"your {name} holds {_first_not_finite(np.where(np.isneginf(mask), 0.0, mask))}")
    top = mask.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        row = [int(i) for i in np.argwhere(np.isneginf(top[..., 0]))[0]]
        blocked(f"row {row[-1]} of your {name} blocks every key, so no key can get any weight")
    return softmax(mask)
