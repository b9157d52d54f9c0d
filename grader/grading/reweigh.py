"""Points, links and switched-off mistakes as arithmetic on verdicts that are there: no code of a student's is run.

Where arithmetic might give other verdicts than grading anew, it gives none: then grading anew is the answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence, Set
from dataclasses import replace

from grader.course.catalogue import Check, Exercise, stage
from grader.course.points import Points
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

# The points of a check that passes, what it adds to what can be reached, and its link.
Worth = tuple[float, float, str | None]
Planned = dict[str, dict[str, Worth]]
# A stored key: what the verdicts depend on, and the table that they are weighed by.
SEPARATOR = ":"


def weights_digest(points: Points) -> str:
    """A digest of the whole table."""
    return hashlib.sha256(json.dumps(points.to_json(), sort_keys=True).encode()).hexdigest()


def reweighed(result: SubmissionResult, points: Points) -> SubmissionResult | None:
    """The result under another table; None where only grading anew can tell. `result` holds its verdicts in full."""
    return Weigher(points).weighed(result)


class Weigher:
    """Weighs the results of a class by one table, of which every entry is worked out once."""

    def __init__(self, points: Points) -> None:
        self._points = points
        self._stages: dict[int, Planned] = {}

    def weighed(self, result: SubmissionResult) -> SubmissionResult | None:
        """See `reweighed`."""
        verdicts: list[Verdict] = []
        by_stage: dict[int, dict[str, dict[str, Verdict]]] = {}
        for verdict in result.checks:
            by_stage.setdefault(verdict.stage, {}).setdefault(verdict.exercise, {})[verdict.label] = verdict
        for number, here in by_stage.items():
            kept: list[Verdict] = []
            for name, planned in self._planned(number).items():
                mine = here.get(name, {})
                if not _is_arithmetic(mine, planned.keys()):
                    return None
                kept += [_weighed(mine[label], *worth) for label, worth in planned.items()]
            if _becomes_nothing_but_errors([v for mine in here.values() for v in mine.values()], kept):
                return None
            verdicts += kept
        return SubmissionResult.of(result.submission, verdicts, result.isolation, result.notes)

    def _planned(self, number: int) -> Planned:
        """By exercise and label, what each planned check of a stage is worth, and its link."""
        if number not in self._stages:
            self._stages[number] = {
                exercise.name: {
                    check.label: self._worth(exercise, check)
                    for check in exercise.checks
                    if self._points.planned(exercise, check)
                }
                for exercise in stage(number).exercises
            }
        return self._stages[number]

    def _worth(self, exercise: Exercise, check: Check) -> Worth:
        page = stage(exercise.stage).pages[check.id] if check.id else None
        link = self._points.link(page.link) if page else None
        return self._points.of(exercise, check), self._points.possible(exercise, check), link


def _weighed(verdict: Verdict, points: float, most: float, link: str | None) -> Verdict:
    if (verdict.points, verdict.max_points, verdict.link) == (points if verdict.passed else 0.0, most, link):
        return verdict
    return replace(verdict, points=points if verdict.passed else 0.0, max_points=most, link=link)


def _is_arithmetic(stored: dict[str, Verdict], planned: Set[str]) -> bool:
    """Whether the planned checks of an exercise come to what they came to among all that are stored.

    A check that was not run has no verdict. One that is left out may have counted for others: they wait for it, it
    took their time, its exception was theirs, or it is one of all checks that a change in a named line must pass.
    """
    if not planned <= stored.keys():
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
