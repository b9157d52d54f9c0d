"""What the block of an error says: the exception, and the call that raised it."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.course.catalogue import Exercise
from grader.course.measure import shape_text
from grader.grading.advice import advice
from grader.grading.asking import Asked
from grader.results.escape import one_line
from grader.student.faults import Raised, StudentFault, TimedOut

MOST_SHOWN, MOST_OF_TEXT = 40, 300


def fault_text(exercise: Exercise, fault: StudentFault, answer: Asked) -> str:
    """A fault in words: the exception, the arguments of the very call that it came of, and what to look at."""
    call = answer.call_of(fault)
    loading = bool(fault.frames) and fault.frames[0].function == "<module>"
    if not isinstance(fault, Raised | TimedOut):
        said = _as_sentence(str(fault))
        return f"{said} — when loaded" if loading else said
    told = one_line(str(fault), MOST_OF_TEXT)
    if isinstance(fault, TimedOut):
        told = _as_sentence(told)
    where = "when loaded" if loading or call is None else call_text(exercise, call.args)
    hint = ""
    if isinstance(fault, Raised):
        hint = advice(fault, exercise.name, exercise.parameters, call.args if call else ())
    return f"{told} — {where}. {hint}" if hint else f"{told} — {where}"


def _as_sentence(said: str) -> str:
    """The kit's words on a fault with a capital letter, but for a name in front: `heads.py is missing` stays."""
    word = said.partition(" ")[0]
    return said[0].upper() + said[1:] if word.isalpha() and word.islower() else said


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
