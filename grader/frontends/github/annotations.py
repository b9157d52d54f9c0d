"""Annotations on the student's lines: the root causes, as many as GitHub shows.

Source: docs.github.com, "Workflow commands for GitHub Actions" and the limit of 10 error annotations a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from grader.frontends.github.commands import command
from grader.results.escape import one_line
from grader.results.formats.words import headline, label, roots
from grader.results.verdict import Verdict

MOST = 10
Place = tuple[str, int]
# Finds the function of a check in the checkout: its file relative to the root, and its line.
Finder = Callable[[Verdict], Place | None]


def error_annotations(
    checks: Iterable[Verdict], find: Finder, titles: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """At most ten `::error` commands, named mistakes first; `titles` are those of the mistakes by id.

    A stub that is still to be filled in is no error to point at.
    """
    wrong = [check for check in roots(checks) if check.status != "todo"]
    return [_annotation(check, find(check), titles) for check in wrong[:MOST]]


def _annotation(check: Verdict, place: Place | None, titles: Mapping[str, str]) -> str:
    where: dict[str, str | int] = {"file": place[0], "line": place[1]} if place else {}
    title = one_line(f"{label(check)}: {headline(check, titles)}", limit=200)
    named = check.status == "mistake" and check.link
    lines = [one_line(check.message or check.status), *([one_line(str(check.link))] if named else [])]
    return command("error", {**where, "title": title}, "\n".join(lines))
