"""What grading found, as it is written to `results.jsonl`: one JSON object per submission, one per line.

    {"submission": str, "score": float, "max_score": float, "isolation": {...}, "notes": [str, ...], "checks": [
        {"id": "5.9" or null, "exercise": str, "stage": int, "status": str, "points": float,
         "max_points": float, "message": str, "link": str or null, "line": int or null}, ...]}

Exports, reports and runners read these and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.results.fields import list_of, number_of, text_of, whole_of
from grader.results.verdict import Verdict

FILE_NAME = "results.jsonl"


class ResultsError(Exception):
    """A results file cannot be read; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class Deduction:
    """What the late rule took off: for so many days, so many percent of the points, which are so many points."""

    days: int
    percent: float
    points: float

    @property
    def text(self) -> str:
        """For a person: "2 days late: 20 % off"."""
        return f"{self.days} day{'' if self.days == 1 else 's'} late: {self.percent:g} % off"


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """Everything that grading one submission gave.

    `notes` say what was guessed about how it arrived; `isolation`, what kept its code in; `late`, what was taken off
    the points of its checks.
    """

    submission: str
    score: float
    max_score: float
    checks: tuple[Verdict, ...]
    isolation: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    late: Deduction | None = None

    @classmethod
    def of(
        cls, submission: str, verdicts: Iterable[Verdict], isolation: Mapping[str, Any], notes: Iterable[str] = ()
    ) -> SubmissionResult:
        """The result that these verdicts make: points are added up over all planned checks."""
        checks = tuple(verdicts)
        score = sum(verdict.points for verdict in checks)
        return cls(submission, score, sum(v.max_points for v in checks), checks, isolation, tuple(notes))

    @classmethod
    def from_json(cls, data: Any) -> SubmissionResult:
        """Raises ValueError, saying what is missing or of the wrong kind; unknown keys are let pass."""
        checks = list_of(data, "checks")
        isolation, notes = data.get("isolation"), data.get("notes", [])
        if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
            raise ValueError('"notes" must be a list of texts')
        return cls(
            submission=text_of(data, "submission"),
            score=number_of(data, "score"),
            max_score=number_of(data, "max_score"),
            checks=tuple(Verdict.from_json(check) for check in checks),
            isolation=isolation if isinstance(isolation, dict) else {},
            notes=tuple(notes),
            late=_deduction(data.get("late")),
        )

    @classmethod
    def of_row(cls, text: str, checks: tuple[Verdict, ...] | None = None) -> SubmissionResult:
        """What `to_json` gave, kept by ourselves: to look at it key by key would take most of reading a class.

        `checks` stand in the place of its own, where they are known.
        """
        data = json.loads(text)
        rows, notes = data.pop("checks"), tuple(data.pop("notes", ()))
        checks = tuple(Verdict(**row) for row in rows) if checks is None else checks
        return cls(**{**data, "late": _deduction(data.get("late"))}, checks=checks, notes=notes)

    def handed_in_late(self, days: int, percent: float) -> SubmissionResult:
        """The result with so many percent of the points of its checks taken off."""
        earned = sum(check.points for check in self.checks)
        points = round(earned * percent / 100, 6)
        return replace(self, score=earned - points, late=Deduction(days, percent, points) if days else None)

    def to_json(self) -> dict[str, Any]:
        """The object in the order the file has it."""
        return {
            "submission": self.submission,
            "score": self.score,
            "max_score": self.max_score,
            "isolation": dict(self.isolation),
            "notes": list(self.notes),
            **({"late": asdict(self.late)} if self.late else {}),
            "checks": [check.to_json() for check in self.checks],
        }


def _deduction(data: Any) -> Deduction | None:
    if data is None:
        return None
    return Deduction(whole_of(data, "days"), number_of(data, "percent"), number_of(data, "points"))


@dataclass(frozen=True)
class Event:
    """What became of one submission: graded, kept from an earlier run (perhaps re-weighed), or a problem of ours."""

    name: str
    result: SubmissionResult | None = None
    kept: bool = False
    reweighed: bool = False
    problem: str = ""


def read_results(path: Path) -> list[SubmissionResult]:
    """Every submission of a results file, or of the directory that holds one, in the file's order.

    Raises ResultsError for a file that is missing, cut short or not of this form.
    """
    file = path / FILE_NAME if path.is_dir() else path
    try:
        with file.open("rb") as lines:
            return list(_parse(file, lines))
    except OSError as problem:
        raise ResultsError(_unreadable(path, file, problem)) from problem


def _unreadable(path: Path, file: Path, problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return f"{path}: there is no {file.name} here; `misstep grade BATCH --out {path}` writes one"
    return f"{file}: cannot be read ({problem.strerror})"


def _parse(file: Path, lines: Any) -> Iterator[SubmissionResult]:
    for number, line in enumerate(lines, start=1):
        try:
            yield SubmissionResult.from_json(json.loads(line))
        except json.JSONDecodeError as problem:
            raise ResultsError(f"{file}:{number}: not a JSON object ({problem.msg})") from problem
        except ValueError as problem:
            raise ResultsError(f"{file}:{number}: {problem}") from problem
