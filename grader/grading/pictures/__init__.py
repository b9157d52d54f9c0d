"""The pictures of a verdict: what the student's own function gives for a few small, public inputs.

They are drawn by more calls of the function once all verdicts are made, so no verdict depends on them, and nothing in
them tells of a secret seed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from grader.grading.examine import Functions
from grader.grading.pictures import attention, leak, numbers
from grader.grading.pictures.asking import Ask
from grader.results.picture import Picture
from grader.results.verdict import Verdict
from grader.student.faults import StudentFault

__all__ = ["drawn", "with_pictures"]

# For all pictures of a submission together.
SECONDS = 2.0
# A difference of two numbers that shows, printed with two digits behind the point.
SEEN = 5e-3
Drawn = Callable[[Ask], Picture | None]
PICTURES: Mapping[tuple[str, str], Drawn] = {
    **attention.PICTURES,
    **leak.PICTURES,
    **numbers.PICTURES,
}


def with_pictures(
    verdicts: Iterable[Verdict], functions_of: Callable[[int], Functions], seconds: float = SECONDS
) -> list[Verdict]:
    """The verdicts, each with its picture where one helps; `functions_of` gives the functions of a stage."""
    end = time.monotonic() + seconds
    return [
        replace(verdict, picture=drawn(verdict, functions_of(verdict.stage), end)) if _helps(verdict) else verdict
        for verdict in verdicts
    ]


def drawn(verdict: Verdict, functions: Functions, deadline: float) -> Picture | None:
    """The picture of a verdict; None where none helps, or where there is nothing to draw."""
    if not _helps(verdict) or time.monotonic() >= deadline:
        return None
    try:
        # Whatever a student returns: overflow while looking at it is no news.
        with np.errstate(all="ignore"):
            picture = PICTURES[verdict.exercise, verdict.id or ""](Ask(verdict, functions, deadline))
    except (StudentFault, ArithmeticError, ValueError):
        return None
    return None if picture is None or _shows_nothing(picture) else picture


def _shows_nothing(picture: Picture) -> bool:
    """Whether what was got looks as what is expected does: for these inputs, the mistake is not to be seen."""
    mine, right = picture.panels[::2], picture.panels[1::2]
    return all(
        np.shape(one.values) == np.shape(other.values) and np.allclose(one.values, other.values, rtol=0, atol=SEEN)
        for one, other in zip(mine, right, strict=True)
    )


def _helps(verdict: Verdict) -> bool:
    return verdict.status == "mistake" and (verdict.exercise, verdict.id or "") in PICTURES
