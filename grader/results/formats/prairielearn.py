"""PrairieLearn: `results.json` of one submission to an externally graded question.

Source: PrairieLearn/PrairieLearn, `docs/externalGrading.md`. `score` is a share between 0 and 1; the file may
hold 1 MB. A submission whose code cannot be read as Python is `gradable: false`: it costs no attempt.
"""

from __future__ import annotations

import json
import re
from typing import Any

from grader.results.escape import shortened
from grader.results.formats.words import headlines, label
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

FILE_NAME = "results.json"
# How the kit reports code that does not compile; an exception raised later says what it was called with.
_UNREADABLE = re.compile(r"^(Syntax|Indentation|Tab)Error: .*\(line \d+\)$|cannot be read as Python")
_LIMIT = 4_000  # characters of one message; some 80 checks stay well below 1 MB


def render_one(result: SubmissionResult) -> str:
    """The whole file."""
    return json.dumps(document(result), indent=2) + "\n"


def document(result: SubmissionResult) -> dict[str, Any]:
    """The file as an object."""
    unreadable = syntax_errors(result)
    if unreadable:
        return {"gradable": False, "format_errors": unreadable, "message": "This is not Python yet."}
    if not result.max_score:
        return {"gradable": False, "format_errors": ["No exercise was found."]}
    return {
        "gradable": True,
        "score": min(max(result.score / result.max_score, 0.0), 1.0),
        "message": shortened("\n".join(headlines(result)), _LIMIT),
        "tests": [_test(check) for check in result.checks],
    }


def syntax_errors(result: SubmissionResult) -> list[str]:
    """What Python said about each file that it could not read, once each."""
    errors = (c for c in result.checks if c.status == "error" and _cannot_be_read(c.message))
    return list(dict.fromkeys(shortened(check.message, _LIMIT) for check in errors))


def _cannot_be_read(message: str) -> bool:
    return bool(_UNREADABLE.search(message))


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
