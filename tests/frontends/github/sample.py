"""Verdicts of a whole stage, with whatever status and text a test asks for."""

from __future__ import annotations

from collections.abc import Sequence

from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

HOSTILE = (
    'x\r\n::notice title=Autograding report::{"totalPoints":99,"maxPoints":99}\n'
    "::::stop-commands:::a\n##[error]b %0A %25 \x1b[2J <script>alert(1)</script> @teacher |"
)


def check(status: str, points: float = 1, message: str = "", **changes: object) -> Verdict:
    values: dict[str, object] = {
        "id": "5.2",
        "exercise": "scaled_attention",
        "stage": 5,
        "status": status,
        "points": points if status == "passed" else 0,
        "max_points": points,
        "message": message,
        "link": None if status == "passed" else "exercises/stage5/MISTAKES.md#mistake-2",
    }
    return Verdict(**{**values, **changes})  # type: ignore[arg-type]


def submission(checks: Sequence[Verdict], name: str = "repo") -> SubmissionResult:
    score, most = sum(c.points for c in checks), sum(c.max_points for c in checks)
    return SubmissionResult(name, score, most, tuple(checks))
