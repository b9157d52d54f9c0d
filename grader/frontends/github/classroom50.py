"""Classroom 50: `result.json` and `release-body.md` of one submission.

Source: foundation50/classroom50, `schemas/result-v1.schema.json` and its wiki page "Advanced Autograding".
All scores are whole numbers, no total exceeds its maximum, no key beyond the schema's stands at the top, and
each test may carry more. `datetime` is the moment of submission, which stays the same when a commit is graded
again: the runner writes it into the tag `submit/<UTC time>-<commit>`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from grader.frontends.github.summary import summary
from grader.results.escape import one_line, visible
from grader.results.formats.words import label
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

SCHEMA = "classroom50/result/v1"
RESULT, BODY = "result.json", "release-body.md"
REQUIRED = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_MOST_SCALE = 1000


class EnvironmentIncomplete(Exception):
    """The runner's variables are not there; the text names them."""


def document(result: SubmissionResult, environment: Mapping[str, str]) -> dict[str, Any]:
    """`result.json`. Raises EnvironmentIncomplete."""
    require(environment)
    times = scale(result.checks)
    tests = [_test(check, times) for check in result.checks]
    return {
        "schema": SCHEMA,
        "classroom": environment["CLASSROOM"],
        "assignment": environment["ASSIGNMENT"],
        "assignment_type": environment.get("ASSIGNMENT_TYPE") or "individual",
        "owner": environment.get("OWNER") or environment["USERNAME"],
        "submission": environment["SUBMISSION_TAG"],
        "commit": environment["COMMIT_URL"],
        "release": environment["RELEASE_URL"],
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": submitted(environment["SUBMISSION_TAG"]),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


def require(environment: Mapping[str, str]) -> None:
    """Raises EnvironmentIncomplete where the runner has not said whose submission this is."""
    missing = [name for name in REQUIRED if not environment.get(name)]
    if not (environment.get("OWNER") or environment.get("USERNAME")):
        missing.append("OWNER")
    if missing:
        raise EnvironmentIncomplete(f"not set: {', '.join(missing)} (the Classroom 50 runner sets them)")


def body(
    result: SubmissionResult,
    base_url: str,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """`release-body.md`: the feedback, and the scale where points had to be made whole."""
    times = scale(result.checks)
    note = f"\nThe gradebook counts {times} for each point, so that all scores are whole.\n"
    return summary(result, base_url, titles) + (note if times > 1 else "")


def scale(checks: Iterable[Verdict]) -> int:
    """The smallest number of parts of a point that makes the points of all checks whole."""
    parts = (Fraction(check.max_points).limit_denominator(_MOST_SCALE).denominator for check in checks)
    return min(math.lcm(1, *parts), _MOST_SCALE)


def submitted(tag: str) -> str:
    """The time that a tag says, as the schema wants it; now, where the tag says none."""
    found = re.match(r"submit/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z", tag)
    if found:
        date, *clock = found.groups()
        return f"{date}T{':'.join(clock)}Z"
    return datetime.now(UTC).strftime(_TIME)


def _test(check: Verdict, times: int) -> dict[str, Any]:
    possible = max(round(check.max_points * times), 0)
    test = {
        "test-name": one_line(f"stage {check.stage}: {label(check)}", limit=200),
        "passed": check.passed,
        "score": possible if check.passed else 0,
        "max-score": possible,
        "status": check.status,
        "message": one_line(check.message),
    }
    return {**test, "link": visible(check.link)} if check.link else test
