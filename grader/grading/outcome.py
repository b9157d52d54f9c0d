"""What a check came to, what it means beside the others of its exercise, and the verdict that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.course.catalogue import Check, Exercise, stage
from grader.course.points import Points
from grader.results.escape import one_line
from grader.results.verdict import UNUSABLE_TITLE, Verdict
from grader.student.faults import Frame, Raised, StudentFault, Unusable

GENERAL_TITLE = "The result is not right"


@dataclass
class Outcome:
    """What one check came to, before it is known what the others came to."""

    check: Check
    status: str = "passed"
    text: str = ""
    fault: StudentFault | None = None
    explains: Raised | None = None
    waits_for: str = ""
    cause: BaseException | None = None
    numbers: Mapping[str, Any] = field(default_factory=dict)


def resolve(outcomes: list[Outcome]) -> None:
    """Let verdicts know of each other: who is blocked by whom, and which errors a mistake explains."""
    named = [outcome for outcome in outcomes if outcome.status == "mistake"]
    for outcome in outcomes:
        cause = _explaining(outcome, named)
        if cause is not None:
            outcome.status, outcome.waits_for = "blocked", cause.check.label
    root = next((o for o in outcomes if o.status in ("mistake", "error", "wrong", "todo", "timeout")), None)
    for outcome in outcomes:
        if outcome.status == "blocked" and not outcome.waits_for and root is not None:
            outcome.waits_for = root.check.label


def _explaining(outcome: Outcome, named: list[Outcome]) -> Outcome | None:
    """The named mistake that explains this outcome: a general check's failure, or an exception it caused."""
    if not named or outcome.status in ("mistake", "timeout", "todo"):
        return None
    if outcome.check.id is None and outcome.status != "error":
        return named[0]
    for other in named:
        if other.explains is not None and outcome.fault is not None and other.explains.same_as(outcome.fault):
            return other
    return None


def verdict_of(exercise: Exercise, outcome: Outcome, points: Points, where: Frame | None) -> Verdict:
    """What is told of an outcome, once it is known what the others of the exercise came to."""
    check = outcome.check
    page = stage(exercise.stage).pages[check.id] if check.id else None
    most = points.of(exercise, check)
    fault = outcome.fault
    return Verdict(
        id=check.id,
        exercise=exercise.name,
        stage=exercise.stage,
        status=outcome.status,
        points=most if outcome.status == "passed" else 0.0,
        max_points=points.possible(exercise, check),
        message=_message(exercise, outcome),
        link=points.link(page.link) if page else None,
        title=UNUSABLE_TITLE if isinstance(fault, Unusable) else page.title if page else GENERAL_TITLE,
        question=check.question,
        where=(fault.where if fault and fault.where else where),
        frames=fault.frames if fault else (),
        waits_for=outcome.waits_for,
        numbers=outcome.numbers,
    )


def _message(exercise: Exercise, outcome: Outcome) -> str:
    if outcome.status == "passed":
        return ""
    if outcome.status == "blocked":
        return one_line(_blocked_text(outcome))
    return one_line(_as_sentence(exercise, outcome.text) if outcome.status in ("mistake", "wrong") else outcome.text)


def _as_sentence(exercise: Exercise, text: str) -> str:
    """What a check saw, from a capital letter to a full stop; names of the code keep their spelling."""
    first = text.partition(" ")[0]
    named = first in (exercise.name, *exercise.parameters) or not first.isalpha()
    begun = text if named else text[:1].upper() + text[1:]
    return begun if begun.endswith((".", "?", "!", "…")) else f"{begun}."


def _blocked_text(outcome: Outcome) -> str:
    first = {"": "", "general": "make the general check of this exercise pass first"}
    todo = first.get(outcome.waits_for, f"fix mistake {outcome.waits_for} first")
    return "; ".join(part for part in (outcome.text if outcome.check.id is not None else "", todo) if part)
