"""What GitHub Classroom's reporter does with the results it is given, written down from its source.

classroom-resources/autograding-grading-reporter at 43c2d9f: `src/main.js`, `console-results.js`,
`aggregate-results.js`, `notify-classroom.js`. Python's floats are JavaScript's numbers.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import Any


@dataclass
class Report:
    """What a run of the reporter shows."""

    log: str
    table: dict[str, tuple[float, float]]
    total: tuple[float, float]
    notice: tuple[float, float] | None
    failed: bool


def report(names: str, environment: dict[str, str]) -> Report:
    assert re.fullmatch(r"([a-zA-Z0-9]+,)*[a-zA-Z0-9]+", names), "the reporter refuses these runner names"
    found = {}
    for name in names.split(","):
        text = base64.b64decode(environment[f"{name.strip().upper()}_RESULTS"], validate=True)
        found[name] = json.loads(text.decode("utf-8"))
    table = {name: _table_row(runner) for name, runner in found.items()}
    return Report(
        log="\n".join(line for runner in found.values() for line in _log(runner)),
        table=table,
        total=(sum(score for score, _ in table.values()), sum(most for _, most in table.values())),
        notice=_notice(list(found.values())),
        failed=any(runner["status"] in ("fail", "error") for runner in found.values()),
    )


def _table_row(runner: dict[str, Any]) -> tuple[float, float]:
    passed = sum(test["status"] == "pass" for test in runner["tests"])
    most = runner.get("max_score") or 0
    return passed / len(runner["tests"]) * most, most


def _notice(runners: list[dict[str, Any]]) -> tuple[float, float] | None:
    counted = [runner for runner in runners if runner.get("max_score")]
    total = 0
    for runner in counted:
        for test in runner["tests"]:
            total += test["score"]
    most = sum(runner["max_score"] for runner in counted)
    return (total, most) if most else None


def _log(runner: dict[str, Any]) -> list[str]:
    lines = []
    for test in runner["tests"]:
        at = f" - line {test['line_no']}" if test["line_no"] != 0 else ""
        if test["status"] == "pass":
            lines.append(f"✅ {test['name']}{at}")
        elif test["status"] == "error":
            lines.append(f"Error: {test['message']}")
        else:
            lines.append(f"❌ {test['name']}{at}")
        if test["test_code"]:
            lines.append(f"Test code:\n{test['test_code']}\n")
    return lines
