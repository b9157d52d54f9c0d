"""Common Test Report Format: one JSON report of the class.

Source: ctrf-io/ctrf, `schema/ctrf.schema.json`. Our status stands in `rawStatus`; CTRF's is `passed` or
`failed`, so that no reader counts a stub or a blocked check as harmless. Results hold no times: `start`,
`stop` and `duration`, which the schema requires, are 0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from grader.results.escape import visible
from grader.results.formats.roster import Entry
from grader.results.formats.words import label
from grader.results.verdict import Verdict

FILE_NAME = "ctrf.json"


def render(entries: Sequence[Entry], assignment: str) -> str:
    """The whole report; students without a submission do not appear."""
    results = [entry.result for entry in entries if entry.result]
    tests = [_test(visible(result.submission), check) for result in results for check in result.checks]
    passed = sum(test["status"] == "passed" for test in tests)
    summary = {"tests": len(tests), "passed": passed, "failed": len(tests) - passed}
    summary |= dict.fromkeys(("skipped", "pending", "other", "start", "stop"), 0)
    report = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "generatedBy": "misstep",
        "results": {
            "tool": {"name": "misstep"},
            "summary": {**summary, "suites": len(results)},
            "tests": tests,
            "environment": {"reportName": visible(assignment)},
        },
    }
    return json.dumps(report, indent=2) + "\n"


def _test(submission: str, check: Verdict) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": visible(label(check)),
        "status": "passed" if check.passed else "failed",
        "rawStatus": check.status,
        "duration": 0,
        "suite": [submission, f"stage{check.stage}", visible(check.exercise)],
        "extra": {"points": check.points, "max_points": check.max_points},
    }
    if check.message:
        test["message"] = visible(check.message, lines=True)
    if check.link:
        test["extra"]["link"] = visible(check.link)
    return test
