"""What the block of an error says: the exception, and the call that raised it."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.course.catalogue import Exercise
from grader.course.measure import shape_text
from grader.grading.asking import Asked
from grader.student.faults import Raised, StudentFault, TimedOut

MOST_SHOWN = 40


def fault_text(exercise: Exercise, fault: StudentFault, answer: Asked) -> str:
    """A fault in words, with the arguments of the very call that it came of."""
    if fault.frames and fault.frames[0].function == "<module>":
        return f"{fault} — when loaded"
    call = answer.call_of(fault)
    if isinstance(fault, Raised | TimedOut):
        return f"{fault} — {call_text(exercise, call.args) if call else 'when loaded'}"
    return str(fault)


def call_text(exercise: Exercise, args: tuple[Any, ...]) -> str:
    """The arguments of a call by name: "called with x of shape [4, 3, 6], n_heads = 2"."""
    names = exercise.parameters or tuple(f"argument {n}" for n in range(1, len(args) + 1))
    shown = [_argument_text(name, value) for name, value in zip(names, args, strict=False)]
    return f"called with {', '.join(shown)}" if shown else "called without arguments"


def _argument_text(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray):
        kind = "" if value.dtype in (np.float64, np.int64) else f" ({value.dtype})"
        return f"{name} of shape {shape_text(value)}{kind}"
    if callable(value):
        return f"{name} (a function)"
    if isinstance(value, np.random.Generator):
        return f"{name} (a random generator)"
    if isinstance(value, list | tuple):
        return f"{name} (a list of {len(value)})"
    text = repr(value)
    return f"{name} = {text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + '…'}"
