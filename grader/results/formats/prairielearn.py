"""PrairieLearn: `results.json` of one submission to an externally graded question.

Source: PrairieLearn/PrairieLearn, `docs/externalGrading.md`. `score` is a share between 0 and 1; the file may
hold 1 MB. A submission of which nothing could be judged, for every check ended in an error, is `gradable: false`: it
costs no attempt. That follows from the statuses; a message's words are the student's to choose.
"""

from __future__ import annotations

import json
from typing import Any

from grader.results.escape import shortened
from grader.results.formats.words import headlines, label
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

FILE_NAME = "results.json"
_LIMIT = 4_000  # characters of one message; some 80 checks stay well below 1 MB


def render_one(result: SubmissionResult) -> str:
    """The whole file."""
    return json.dumps(document(result), indent=2) + "\n"


def document(result: SubmissionResult) -> dict[str, Any]:
    """The file as an object."""
    if result.checks and all(check.status == "error" for check in result.checks):
        return {"gradable": False, "format_errors": _errors(result), "message": "Nothing here could be run yet."}
    if not result.max_score:
        return {"gradable": False, "format_errors": ["No exercise was found."]}
    return {
        "gradable": True,
        "score": min(max(result.score / result.max_score, 0.0), 1.0),
        "message": shortened("\n".join(headlines(result)), _LIMIT),
        "tests": [_test(check) for check in result.checks],
    }


def _errors(result: SubmissionResult) -> list[str]:
    """What went wrong, once each."""
    return list(dict.fromkeys(shortened(check.message, _LIMIT) for check in result.checks))


def _test(check: Verdict) -> dict[str, Any]:
    output = {"output": shortened(check.link, _LIMIT)} if check.link and not check.passed else {}
    return {
        "name": shortened(f"stage {check.stage}: {label(check)}", 200),
        "description": check.status,
        "points": check.points,
        "max_points": check.max_points,
        "message": shortened(check.message, _LIMIT),
        **output,
    }
