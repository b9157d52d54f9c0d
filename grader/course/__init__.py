"""What is asked: pages, catalogue, points, what a check is written with, and the suites themselves.

All that a suite needs comes from here, `from grader.course import Answer, Rng, array, mistake, shows`:

- how a check is tied: `shows(ID, EXERCISE)` to a documented mistake, `general(EXERCISE)` as the general check;
- what it gets: `Answer` (the student's function), `Rng`, and, if it is general, `Expected` (the right answers);
- how it ends: by returning, which is a pass, or with `mistake`, `blocked` or `wrong`; a `Raised` is an exception
  of the student's code, which may pass through;
- how it measures: `array`, `pair` and `number` read a result or say that it cannot be judged; `close`, `tolerance`,
  `is_constant`, `softmax` and `mask_weights` compare; `name_of` and `shape_text` say in words what a result is;
  `require_equal` describes how a result differs.

The names are looked up when they are asked for: importing this package imports none of its modules.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
    from grader.course.difference import require_equal
    from grader.course.measure import (
        array,
        close,
        is_constant,
        mask_weights,
        name_of,
        number,
        pair,
        shape_text,
        softmax,
        tolerance,
    )
    from grader.student.faults import Raised

__all__ = [
    "Answer",
    "Expected",
    "Raised",
    "Rng",
    "array",
    "blocked",
    "close",
    "general",
    "is_constant",
    "mask_weights",
    "mistake",
    "name_of",
    "number",
    "pair",
    "require_equal",
    "shape_text",
    "shows",
    "softmax",
    "tolerance",
    "wrong",
]

_HOMES = {"Raised": "grader.student.faults", "require_equal": "grader.course.difference"}
_CHECKS = frozenset({"Answer", "Expected", "Rng", "blocked", "general", "mistake", "shows", "wrong"})


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name) or f"grader.course.{'checks' if name in _CHECKS else 'measure'}"
    return getattr(import_module(home), name)
