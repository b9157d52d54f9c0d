"""What grading found, as it is written to `results.jsonl`: one JSON object per submission, one per line.

    {"submission": str, "score": float, "max_score": float, "isolation": {...}, "checks": [
        {"id": "5.9" or null, "exercise": str, "stage": int, "status": str, "points": float,
         "max_points": float, "message": str, "link": str or null}, ...]}

Exports, reports and runners read these and nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.results.verdict import STATUSES

FILE_NAME = "results.jsonl"


class ResultsError(Exception):
    """A results file cannot be read; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict of one check; `id` is None for the general check of the exercise."""

    id: str | None
    exercise: str
    stage: int
    status: str
    points: float
    max_points: float
    message: str = ""
    link: str | None = None

    @property
    def passed(self) -> bool:
        """Only an explicit pass counts."""
        return self.status == "passed"

    @classmethod
    def from_json(cls, data: Any) -> CheckResult:
        """Raises ValueError, saying which key is missing or of the wrong kind."""
        status = _text(data, "status")
        if status not in STATUSES:
            raise ValueError(f'"status" is {status!r}, and must be one of {", ".join(STATUSES)}')
        return cls(
            id=_text(data, "id", or_null=True),
            exercise=_text(data, "exercise"),
            stage=_whole(data, "stage"),
            status=status,
            points=_number(data, "points"),
            max_points=_number(data, "max_points"),
            message=_text(data, "message"),
            link=_text(data, "link", or_null=True),
        )

    def to_json(self) -> dict[str, Any]:
        """The object in the order the file has it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """Everything that grading one submission gave."""

    submission: str
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    isolation: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Any) -> SubmissionResult:
        """Raises ValueError, saying what is missing or of the wrong kind; unknown keys are let pass."""
        checks = _value(data, "checks")
        if not isinstance(checks, list):
            raise ValueError('"checks" must be a list')
        isolation = data.get("isolation")
        return cls(
            submission=_text(data, "submission"),
            score=_number(data, "score"),
            max_score=_number(data, "max_score"),
            checks=tuple(CheckResult.from_json(check) for check in checks),
            isolation=isolation if isinstance(isolation, dict) else {},
        )

    def to_json(self) -> dict[str, Any]:
        """The object in the order the file has it."""
        return {
            "submission": self.submission,
            "score": self.score,
            "max_score": self.max_score,
            "isolation": dict(self.isolation),
            "checks": [check.to_json() for check in self.checks],
        }


@dataclass(frozen=True)
class Event:
    """What became of one submission: graded, kept from an earlier run, or a problem of ours."""

    name: str
    result: SubmissionResult | None = None
    kept: bool = False
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


def _value(data: Any, key: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    if key not in data:
        raise ValueError(f'"{key}" is missing')
    return data[key]


def _text(data: Any, key: str, or_null: bool = False) -> Any:
    value = _value(data, key)
    if isinstance(value, str) or (or_null and value is None):
        return value
    raise ValueError(f'"{key}" must be text{" or null" if or_null else ""}')


def _number(data: Any, key: str) -> float:
    value = _value(data, key)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    raise ValueError(f'"{key}" must be a finite number')


def _whole(data: Any, key: str) -> int:
    value = _value(data, key)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f'"{key}" must be a whole number')
