"""What nobody documented, grouped: wrong answers of a class that go wrong in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.results.verdict import Verdict


@dataclass(frozen=True)
class Slip:
    """One way to go wrong: who went it, and one of them as the sample."""

    stage: int
    exercise: str
    students: tuple[str, ...]
    sample: Verdict

    @property
    def size(self) -> int:
        return len(self.students)


def slips(details: Iterable[tuple[str, Sequence[Verdict]]]) -> list[Slip]:
    """The groups of a class, the largest first.

    Two answers are one slip when the same change mends both, whatever their names, or else when they return the same
    to the same question. An answer of which neither is known stands alone.
    """
    groups: dict[tuple[int, str, str], list[tuple[str, Verdict]]] = {}
    for student, verdicts in details:
        for verdict in verdicts:
            if is_undocumented(verdict, verdicts):
                key = (verdict.stage, verdict.exercise, verdict.slip or f"alone {student}")
                groups.setdefault(key, []).append((student, verdict))
    found = [
        Slip(stage, exercise, tuple(student for student, _ in members), members[0][1])
        for (stage, exercise, _), members in groups.items()
    ]
    return sorted(found, key=lambda slip: (-slip.size, slip.stage, slip.exercise, slip.students))


def is_undocumented(verdict: Verdict, verdicts: Sequence[Verdict]) -> bool:
    """Whether a result is wrong, and no documented mistake of the exercise explains it."""
    same = [v for v in verdicts if (v.stage, v.exercise) == (verdict.stage, verdict.exercise)]
    return verdict.id is None and verdict.status == "wrong" and not any(v.status == "mistake" for v in same)
