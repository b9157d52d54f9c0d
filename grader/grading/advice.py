"""The one thing to look at when a student's code raises: told from the exception, its line and what it was called with.

Each rule knows an exception by its text, which comes from Python or numpy, and says in one or two short sentences
what that text means. It names lengths and names of the student's own, and never the line to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np

from grader.course.numbers import count
from grader.student.faults import Raised

Match = re.Match[str]


def advice(fault: Raised, function: str, names: Sequence[str], args: Sequence[Any]) -> str:
    """What to look at, as a sentence; "" where the exception says enough. `names` are those of the arguments."""
    line = fault.where.source if fault.where else ""
    about = _About(function, dict(zip(names, args, strict=False)), names, line)
    for pattern, rule in _RULES:
        match = re.search(pattern, str(fault)[:500])
        told = rule(match, about) if match else ""
        if told:
            return told
    return ""


class _About:
    """The call that raised: the exercise, its arguments by name, and the line."""

    def __init__(self, function: str, given: Mapping[str, Any], names: Sequence[str], line: str) -> None:
        self.function, self.given, self.names, self.line = function, given, names, line

    def absent(self) -> str:
        """An argument of this line that is None in this call."""
        words = set(re.findall(r"\w+", self.line))
        return next((name for name, value in self.given.items() if value is None and name in words), "")

    def axes(self) -> str:
        """How many axes the arguments on this line have: "k has 3 axes"."""
        words = set(re.findall(r"\w+", self.line))
        arrays = {n: v for n, v in self.given.items() if isinstance(v, np.ndarray) and n in words}
        return " and ".join(f"{name} has {count(value.ndim, 'axis', 'axes')}" for name, value in arrays.items())


def _name(match: Match, about: _About) -> str:
    name = match[1]
    if name in ("np", "numpy"):
        return "This file needs `import numpy as np` at its top."
    if name == "self":
        return "`self` exists only inside a method whose first parameter it is."
    near = get_close_matches(name, [*about.names, "np", *re.findall(r"\w+", about.line)], 2, 0.7)
    near = [other for other in near if other != name]
    hint = f"Did you mean `{near[0]}`?" if near else "Where do you define it, and is it spelt the same there?"
    return f"Nothing is called `{name}` here. {hint}"


def _module(match: Match, about: _About) -> str:
    return f"The grader has numpy and the standard library, but no `{match[1]}`."


def _unbound(match: Match, about: _About) -> str:
    return f"`{match[1]}` is used before this function gives it a value."


def _none(match: Match, about: _About) -> str:
    absent = about.absent()
    if absent:
        return f"`{absent}` is None in this call: your code must allow for that."
    return "Something on this line is None. Does a function that you call end without `return`?"


def _method(match: Match, about: _About) -> str:
    return f"`{match[1]}` is a method: is `self` missing as its first parameter?"


def _arguments(match: Match, about: _About) -> str:
    if match[1].rpartition(".")[2] == about.function:
        return f"The checks call {about.function}({', '.join(about.names)}): does your `def` line take just these?"
    return f"Compare this call with what `{match[1]}` takes: its `def` line or help(…) says so."


def _matmul(match: Match, about: _About) -> str:
    return (
        f"In A @ B, the last axis of A has length {match[2]} and the second-to-last axis of B has length {match[1]}. "
        "They must be equal."
    )


def _dot(match: Match, about: _About) -> str:
    return f"The two lengths that are multiplied and summed must be equal; here they are {match[1]} and {match[2]}."


def _broadcast(match: Match, about: _About) -> str:
    return "Compare the two shapes from the right: two lengths fit if they are equal or one of them is 1."


def _transpose(match: Match, about: _About) -> str:
    axes = about.axes()
    seen = f" On this line, {axes}." if axes else ""
    return f"In numpy, `transpose` takes the new order of all axes, each once; torch's exchanges two.{seen}"


def _reshape(match: Match, about: _About) -> str:
    return f"A reshape keeps all numbers: the lengths that you ask for must multiply to {match[1]}."


def _list(match: Match, about: _About) -> str:
    return "This is a Python list or tuple, not a numpy array: where was it made?"


def _array_has_no(match: Match, about: _About) -> str:
    name = match[1]
    known = f": numpy has the function np.{name}" if hasattr(np, name) else ""
    return f"A numpy array has no `{name}`{known}."


def _numpy_has_no(match: Match, about: _About) -> str:
    near = get_close_matches(match[1], [name for name in dir(np) if not name.startswith("_")], 2, 0.6)
    return f"Did you mean {' or '.join(f'np.{name}' for name in near)}?" if near else ""


def _file(match: Match, about: _About) -> str:
    if match[1].endswith(".py"):
        return "A file of your own is there to be imported by its name, and not to be read."
    return f"No other files are there when your work is graded. {_UNDER_MAIN}"


def _says(text: str) -> Callable[[Match, _About], str]:
    return lambda match, about: text


_UNDER_MAIN = 'What needs them can stand under `if __name__ == "__main__":`.'
_ALONE = f"There are no threads, other processes or network when your work is graded. {_UNDER_MAIN}"
# The first that fits is told.
_RULES: tuple[tuple[str, Callable[[Match, _About], str]], ...] = (
    (r"^EOFError: EOF when reading", _says(
        'Nobody types when your work is graded: `input` can stand under `if __name__ == "__main__":`.')),
    (r"^SystemExit", _says('What ends a program can stand under `if __name__ == "__main__":`.')),
    (r"^(?:PermissionError|FileNotFoundError|OSError): \[Errno \d+\] [^:]*: '([^']*)'", _file),
    (r"^PermissionError: \[Errno 1\]|^RuntimeError: can't start new thread|^(?:URLError|gaierror|ConnectionError)",
     _says(_ALONE)),
    (r"^ModuleNotFoundError: No module named '([^']+)'", _module),
    (r"^NameError: name '([^']+)' is not defined", _name),
    (r"^UnboundLocalError: .*variable '([^']+)'", _unbound),
    (r"'NoneType'|zero-dimensional arrays cannot be concatenated", _none),
    (r"^TypeError: (\w+\.(?:\w+\.)*\w+)\(\) takes (?:from \d+ to )?\d+ positional arguments? but \d+ w", _method),
    (r"^TypeError: ([\w.]+)\(\) (?:takes|missing|got)", _arguments),
    (r"matmul: Input operand 1 .*\(size (\d+) is different from (\d+)\)", _matmul),
    (r"not aligned: (\d+) \(dim \d+\) != (\d+) \(dim \d+\)", _dot),
    (r"could not be broadcast|could not broadcast|not broadcastable", _broadcast),
    (r"axes don't match array|axis \d+ is out of bounds.*transpose|repeated axis in transpose", _transpose),
    (r"^AxisError: axis (-?\d+) is out of bounds for array of dimension (\d+)",
     lambda m, _: f"An array with {count(int(m[2]), 'axis', 'axes')} has no axis {m[1]}: the first is axis 0."),
    (r"cannot reshape array of size (\d+)", _reshape),
    (r"all the input array", _says("np.concatenate joins arrays that have the same lengths on all other axes.")),
    (r"'(?:list|tuple)' object has no attribute|list indices must be|multiply sequence|and '(?:list|tuple)'$", _list),
    (r"'numpy\.ndarray' object has no attribute '(\w+)'", _array_has_no),
    (r"module 'numpy' has no attribute '(\w+)'", _numpy_has_no),
    (
        r"'numpy\.ndarray' object is not callable",
        _says("Round brackets call a function, and this is an array: index it with [ ], or is an operator missing?"),
    ),
    (
        r"truth value of an array",
        _says(
            "`if`, `and`, `or` and `not` want one truth value, and an array has many: np.where chooses number by "
            "number. To ask for None, write `is None`."
        ),
    ),
    (r"only integer scalar arrays", _says("An array stands where one whole number is wanted.")),
    (r"only integers, slices", _says("An index must be a whole number: which one on this line is not?")),
    (r"values to unpack", _says("The names left of `=` and the values right of it are not equally many.")),
    (r"inhomogeneous|array element with a sequence", _says("Unequal rows, or several numbers for one place.")),
    (r"index (\d+) is out of bounds for axis (\d+) with size (\d+)",
     lambda m, _: f"Axis {m[2]} has {count(int(m[3]), 'index', 'indices')}, and they begin at 0."),
    (r"too many indices for array: array is (\d+)-dimensional",
     lambda m, _: f"The array has {count(int(m[1]), 'axis', 'axes')} in this call."),
    (r"Cannot cast ufunc", _says("An array of whole numbers cannot take decimals in place: make it one of floats.")),
)  # fmt: skip
