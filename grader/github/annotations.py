"""Annotations on the student's lines: the root causes, as many as GitHub shows.

Source: docs.github.com, "Workflow commands for GitHub Actions" and the limit of 10 error annotations a step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from grader.formats.escape import one_line
from grader.formats.words import label, problems
from grader.github.commands import command
from grader.results import CheckResult

MOST = 10
Place = tuple[str, int]
# Finds the function of a check in the checkout: its file relative to the root, and its line.
Finder = Callable[[CheckResult], Place | None]


def error_annotations(checks: Iterable[CheckResult], find: Finder) -> list[str]:
    """At most ten `::error` commands, named mistakes first; a check that only waits for another gets none."""
    roots = [check for check in problems(checks) if check.status != "blocked"]
    return [_annotation(check, find(check)) for check in roots[:MOST]]


def line_of(function: str, source: str) -> int | None:
    """The line on which `function` is defined last, found without running or parsing the source."""
    pattern = rf"^(?:async[ \t]+)?def[ \t]+{re.escape(function)}\b|^{re.escape(function)}[ \t]*="
    found = None
    for number, line in enumerate(source.split("\n"), start=1):
        if re.match(pattern, line):
            found = number
    return found


def _annotation(check: CheckResult, place: Place | None) -> str:
    where: dict[str, str | int] = {"file": place[0], "line": place[1]} if place else {}
    title = one_line(f"{label(check)}: {check.status}", limit=200)
    lines = [one_line(check.message or check.status), *([check.link] if check.link else [])]
    return command("error", {**where, "title": title}, "\n".join(lines))
