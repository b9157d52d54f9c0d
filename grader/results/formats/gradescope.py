"""Gradescope: `results.json` of one submission.

Source: gradescope-autograders.readthedocs.io, "Autograder Specifications". Every text is sent as `text`,
which Gradescope shows as it stands. Checks are visible; what the student's code printed is not in results.
"""

from __future__ import annotations

import json
from typing import Any

from grader.results.escape import shortened
from grader.results.formats.words import headlines, label
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

FILE_NAME = "results.json"
_LIMIT = 10_000  # characters of one message


def render_one(result: SubmissionResult) -> str:
    """The whole file; `score` is the total, also where Gradescope would round the sum."""
    return json.dumps(document(result), indent=2) + "\n"


def document(result: SubmissionResult) -> dict[str, Any]:
    """The file as an object."""
    return {
        "score": result.score,
        "output": shortened("\n".join(headlines(result)), _LIMIT),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(check) for check in result.checks],
    }


def _test(check: Verdict) -> dict[str, Any]:
    output = [check.message, *(["", check.link] if check.link and not check.passed else [])]
    return {
        "name": shortened(f"stage {check.stage}: {label(check)}", 200),
        "score": check.points,
        "max_score": check.max_points,
        "status": "passed" if check.passed else "failed",
        "output": shortened("\n".join(output).strip(), _LIMIT),
        "tags": [check.status],
        "visibility": "visible",
        "extra_data": {"id": check.id, "exercise": check.exercise, "status": check.status},
    }
