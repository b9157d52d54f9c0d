"""Points, links and switched-off mistakes as arithmetic on verdicts that are there: no code of a student's is run.

Where arithmetic might give other verdicts than grading anew, it gives none: then grading anew is the answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from grader.course.catalogue import Check, Exercise, stage
from grader.course.points import Points
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

# A stored key: what the verdicts depend on, and the table that they are weighed by.
SEPARATOR = ":"


def weights_digest(points: Points) -> str:
    """A digest of the whole table."""
    return hashlib.sha256(json.dumps(points.to_json(), sort_keys=True).encode()).hexdigest()


def reweighed(result: SubmissionResult, points: Points) -> SubmissionResult | None:
    """The result under another table; None where only grading anew can tell. `result` holds its verdicts in full."""
    verdicts: list[Verdict] = []
    for number in dict.fromkeys(verdict.stage for verdict in result.checks):
        here = [verdict for verdict in result.checks if verdict.stage == number]
        kept: list[Verdict] = []
        for exercise in stage(number).exercises:
            mine = {verdict.label: verdict for verdict in here if verdict.exercise == exercise.name}
            planned = [check for check in exercise.checks if points.planned(exercise, check)]
            if not _is_arithmetic(mine, [check.label for check in planned]):
                return None
            kept += [_weighed(mine[check.label], exercise, check, points) for check in planned]
        if _becomes_nothing_but_errors(here, kept):
            return None
        verdicts += kept
    return SubmissionResult.of(result.submission, verdicts, result.isolation, result.notes)


def _weighed(verdict: Verdict, exercise: Exercise, check: Check, points: Points) -> Verdict:
    most = points.of(exercise, check)
    page = stage(exercise.stage).pages[check.id] if check.id else None
    link = points.link(page.link) if page else None
    return replace(verdict, points=most if verdict.passed else 0.0, max_points=most, link=link)


def _is_arithmetic(stored: dict[str, Verdict], planned: Sequence[str]) -> bool:
    """Whether the planned checks of an exercise come to what they came to among all that are stored.

    A check that was not run has no verdict. One that is left out may have counted for others: they wait for it, it
    took their time, its exception was theirs, or it is one of all checks that a change in a named line must pass.
    """
    if not set(planned) <= set(stored):
        return False
    left_out = [verdict for label, verdict in stored.items() if label not in planned]
    if not left_out:
        return True
    everything = stored.values()
    if any(v.status == "timeout" or (v.id is None and v.status == "wrong") for v in everything):
        return False
    awaited = {verdict.waits_for for verdict in everything}
    return not any(verdict.status == "error" or verdict.label in awaited for verdict in left_out)


def _becomes_nothing_but_errors(before: Sequence[Verdict], after: Sequence[Verdict]) -> bool:
    """A notebook of which nothing but errors came is mended, and graded once more."""
    return len(after) < len(before) and all(verdict.status == "error" for verdict in after)
