"""How numbers stand in a sentence: one formatter for every message.

A number has as many digits as it takes. Numbers of one sentence that differ are printed so that they do, a number that
is not whole is never printed as a whole one, and zero has no sign. A factor has no exponent.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

__all__ = ["apart", "as_data", "count", "filled", "listed", "shown", "times"]

DIGITS, MOST_DIGITS = 3, 17
# Numbers closer than this, relative to the larger one, are the same but for rounding.
SAME = 1e-5
# In an array, what is smaller than this share of the largest number is what rounding left of a zero.
NOISE = 1e-9
# Fewer digits than a float has: the last ones differ from one machine to another.
MOST_KEPT, KEPT_DIGITS = 64, 9
_FIELD = re.compile(r"\{([a-z_][a-z0-9_]*)(?::([^{}]+))?\}")


def shown(value: Any) -> str:
    """One value for a sentence: 0.35, 10,000, [2, 3] for a shape, an index or a small array."""
    return apart(value)[0]


def apart(*values: Any) -> tuple[str, ...]:
    """Several values for one sentence, with so many digits that those which differ look different."""
    digits = _digits([number for value in values for number in _floats(value)])
    return tuple(_text(value, digits) for value in values)


def times(factor: float) -> str:
    """A factor for a sentence: "2 times", "0.35 times", "1,020,000 times"."""
    return filled("{factor:times}", {"factor": float(factor)})


def count(number: int, one: str, many: str = "") -> str:
    """A number of things: "1 token", "3 tokens"; `many` where an s at the end is not enough."""
    return f"{_whole(number)} {one if number == 1 else many or one + 's'}"


def listed(texts: Sequence[str]) -> str:
    """Several things as a sentence names them: "a, b and c"."""
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def filled(text: str, numbers: Mapping[str, Any]) -> str:
    """`text` with each `{name}` that is among `numbers` shown as a number; any other brace stays as it is.

    `{n:token}` counts ("1 token", "2 tokens"; `{n:index|indices}` for an irregular one), and `{factor:times}`
    is a factor ("2.5 times").
    """
    digits = _digits([number for value in numbers.values() for number in _floats(value)])

    def show(field: re.Match[str]) -> str:
        name, form = field.groups()
        if name not in numbers:
            return field.group()
        value = numbers[name]
        if form is None:
            return _text(value, digits)
        if form == "times":
            return _times(float(value), digits)
        return count(int(value), *form.split("|"))

    return _FIELD.sub(show, text)


def as_data(value: Any) -> Any:
    """A value of a message as JSON: numbers, text and lists; a large array as its shape."""
    if isinstance(value, np.ndarray) and value.size > MOST_KEPT:
        return {"shape": list(value.shape)}
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_data(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(f"{value:.{KEPT_DIGITS}g}") if math.isfinite(value) else str(value)
    return str(value)


def _floats(value: Any) -> Iterator[float]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _floats(item)
    elif isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind == "f":
            yield from np.asarray(value, dtype=np.float64).ravel().tolist()
    elif isinstance(value, float):
        yield value


def _digits(numbers: Sequence[float]) -> dict[float, int]:
    """How many digits each number needs, so that those which differ look different."""
    digits = {number: _fewest(number) for number in numbers if math.isfinite(number)}
    for _ in range(MOST_DIGITS - DIGITS):
        alike: dict[str, list[float]] = {}
        for number, most in digits.items():
            alike.setdefault(_number(number, most), []).append(number)
        short = {
            one
            for group in alike.values()
            for pair in itertools.combinations(group, 2)
            if _differ(*pair)
            for one in pair
        }
        if not short:
            break
        digits.update({number: digits[number] + 1 for number in short})
    return digits


def _fewest(number: float) -> int:
    """As many digits as show that a number which is not whole is not: 6.997 has four."""
    if not 1e-4 <= abs(number) < 1e9 or (abs(number) > 0.5 and not _differ(number, round(number))):
        return DIGITS
    whole = (digits for digits in range(DIGITS, MOST_DIGITS) if float(f"{number:.{digits - 1}e}") % 1)
    return next(whole, DIGITS)


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > SAME * max(abs(one), abs(other))


def _text(value: Any, digits: Mapping[float, int]) -> str:
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biuf":
        value = _quiet(np.asarray(value)).tolist()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_item(item, _level(value, digits)) for item in value)}]"
    if value is None or isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int):
        return _whole(value)
    return _number(value, digits.get(value, _fewest(value))) if isinstance(value, float) else str(value)


def _level(row: Sequence[Any], digits: Mapping[float, int]) -> Mapping[float, int]:
    """The digits of the numbers of a row: all have as many as the one that needs most."""
    most = max((digits.get(number, _fewest(number)) for number in row if isinstance(number, float)), default=DIGITS)
    return {number: most for number in row if isinstance(number, float)} if most > DIGITS else digits


def _item(value: Any, digits: Mapping[float, int]) -> str:
    """A value in a list, where a comma inside a number would look like one between two."""
    text = _text(value, digits)
    return text if isinstance(value, list | tuple | np.ndarray | str) else text.replace(",", "")


def _quiet(values: np.ndarray) -> np.ndarray:
    """Numbers without what rounding left of zeros."""
    if values.dtype.kind != "f" or values.ndim == 0:
        return values
    exact = values.astype(np.float64)
    largest = float(np.abs(exact[np.isfinite(exact)]).max(initial=0.0))
    result: np.ndarray = np.where(np.abs(exact) < NOISE * largest, 0.0, exact)
    return result


def _number(value: float, digits: int) -> str:
    """A float: with an exponent only where it is very large or very small."""
    if not math.isfinite(value):
        return str(value)
    if value and not 1e-4 <= abs(value) < 1e9:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        return f"{_trimmed(mantissa)}e{int(exponent)}"
    return _plain(value, digits)


def _plain(value: float, digits: int) -> str:
    """A float without an exponent; one that is not whole has a digit behind the point that says so."""
    if not value:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = _trimmed(f"{value:.{decimals}f}")
    whole, point, rest = text.partition(".")
    return _grouped(whole) + point + rest


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _whole(value: int) -> str:
    return _grouped(str(value))


def _grouped(digits: str) -> str:
    """Commas from 10,000 on."""
    return f"{int(digits):,}" if len(digits.lstrip("-")) > 4 else digits


def _times(factor: float, digits: Mapping[float, int]) -> str:
    if not math.isfinite(factor):
        return "infinitely many times" if factor > 0 else f"{factor} times"
    return f"{_plain(factor, digits.get(factor, _fewest(factor)))} times"
