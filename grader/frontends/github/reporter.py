"""Results for GitHub Classroom's reporter: one base64 JSON object per runner.

Source: classroom-resources/autograding-grading-reporter, `src/`; the object's form is that of
classroom-resources/autograding-command-grader. The reporter reads `<RUNNER>_RESULTS` from its environment.
Its table gives a runner (tests passed / tests) x max_score, its notice, which is the grade, the sum of
`score`. Both are the same when all tests of a runner are worth the same, so each runner here holds checks of
one stage and one weight. Only a test of status `error` has its `message` shown, and `line_no` other than 0
and any `test_code` are printed as they are.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Iterable, Mapping
from string import ascii_lowercase
from typing import Any

from grader.results.escape import one_line
from grader.results.formats.words import label
from grader.results.verdict import Verdict

_SHOWN_AS_ERROR = ("error", "timeout")


def runners(checks: Iterable[Verdict]) -> dict[str, dict[str, Any]]:
    """The reporter's objects by runner name (letters and digits); none where nothing is worth a point."""
    groups: dict[tuple[int, float], list[Verdict]] = {}
    for check in checks:
        if check.max_points > 0:
            groups.setdefault((check.stage, check.max_points), []).append(check)
    by_stage: dict[int, list[list[Verdict]]] = {}
    for (stage, _), group in sorted(groups.items(), key=lambda item: item[0][0]):
        by_stage.setdefault(stage, []).extend(_parts(group))
    return {
        _name(stage, index, len(parts)): _runner(part)
        for stage, parts in by_stage.items()
        for index, part in enumerate(parts)
    }


def encoded(runner: Mapping[str, Any]) -> str:
    """The object as the reporter wants it: base64 of UTF-8 JSON, on one line."""
    return base64.b64encode(json.dumps(runner).encode("utf-8")).decode("ascii")


def environment(objects: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The variables that the reporter looks for."""
    return {f"{name.upper()}_RESULTS": encoded(runner) for name, runner in objects.items()}


def _parts(group: list[Verdict]) -> list[list[Verdict]]:
    """The group in as few parts of nearly one size as the reporter's arithmetic allows."""
    for count in range(1, len(group)):
        size = math.ceil(len(group) / count)
        parts = [group[start : start + size] for start in range(0, len(group), size)]
        if all(_is_exact(len(part), group[0].max_points) for part in parts):
            return parts
    return [[check] for check in group]


def _is_exact(tests: int, points: float) -> bool:
    """Whether the table shows whole numbers of points as such: (15 / 22) * 22 is not 15 in floating point."""
    return not float(points).is_integer() or all(
        passed / tests * (tests * points) == passed * points for passed in range(tests + 1)
    )


def _name(stage: int, index: int, count: int) -> str:
    return f"stage{stage}" if count == 1 else f"stage{stage}{ascii_lowercase[index % 26] * (index // 26 + 1)}"


def _runner(checks: list[Verdict]) -> dict[str, Any]:
    return {
        "version": 1,
        "status": "pass" if all(check.passed for check in checks) else "fail",
        "max_score": checks[0].max_points * len(checks),
        "tests": [_test(check) for check in checks],
    }


def _test(check: Verdict) -> dict[str, Any]:
    status = "pass" if check.passed else "error" if check.status in _SHOWN_AS_ERROR else "fail"
    name = label(check) if check.passed else f"{label(check)}: {check.status}"
    return {
        "name": _shown(name),
        "status": status,
        "score": check.max_points if check.passed else 0,
        "message": _shown(f"{name}. {check.message}" if check.message else name),
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
    }


def _shown(text: str) -> str:
    """The reporter prints it inside a line of the log."""
    return re.sub(r":(?=:)|##(?=\[)", "\\g<0>\u200b", one_line(text, limit=500))
