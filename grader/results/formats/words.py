"""The same words for a verdict in every export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.results.board import points_text
from grader.results.escape import one_line
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

# What to read first: a named mistake explains, everything after it may only follow from it.
_ORDER = ("mistake", "wrong", "error", "timeout", "todo", "blocked")
_TITLES = {
    "mistake": "mistakes",
    "wrong": "wrong results",
    "error": "errors",
    "timeout": "no answer in time",
    "todo": "not filled in",
    "blocked": "cannot be judged yet",
}


def label(check: Verdict) -> str:
    """How a check is called: "5.9 scaled_attention", or "scaled_attention (general)" for the general one."""
    return f"{check.id} {check.exercise}" if check.id else f"{check.exercise} (general)"


def problems(checks: Iterable[Verdict]) -> list[Verdict]:
    """The checks that did not pass, root causes first, otherwise in the order given."""
    return sorted((c for c in checks if not c.passed), key=lambda check: _ORDER.index(check.status))


def roots(checks: Iterable[Verdict]) -> list[Verdict]:
    """The problems to begin with: no check that waits for another, and what several checks say only once."""
    found: dict[tuple[object, ...], Verdict] = {}
    for check in problems(checks):
        same = check.id if check.status == "mistake" else check.message
        if check.status != "blocked":
            found.setdefault((check.stage, check.exercise, check.status, same), check)
    return list(found.values())


def headline(check: Verdict, titles: Mapping[str, str]) -> str:
    """What is the matter: the title of a named mistake where it is known, else the status."""
    named = check.id if check.status == "mistake" else None
    return titles.get(named or "", check.status)


def score_line(result: SubmissionResult) -> str:
    """ "17 of 21 points"; also how late it is."""
    late = f" ({result.late.text})" if result.late else ""
    return f"{points_text(result.score)} of {points_text(result.max_score)} points{late}"


def headlines(result: SubmissionResult) -> list[str]:
    """One line of score, one line per kind of problem that names the checks concerned, and the notes."""
    found: dict[str, list[str]] = {}
    for check in problems(result.checks):
        found.setdefault(check.status, []).append(label(check))
    kinds = [f"{_TITLES[kind]}: {', '.join(names)}" for kind, names in found.items()]
    return [score_line(result), *kinds, *noted(result)]


def explained(result: SubmissionResult) -> list[str]:
    """The score, a line for everything to begin with, what waits for it or is not filled in, and the notes."""
    found = roots(result.checks)
    lines = [score_line(result), *(explanation(check) for check in found if check.status != "todo")]
    waiting = [label(check) for check in result.checks if check.status == "blocked"]
    todo = [check.exercise for check in found if check.status == "todo"]
    lines += [f"waiting for that: {', '.join(waiting)}"] if waiting else []
    lines += [f"not filled in: {', '.join(todo)}"] if todo else []
    return lines + noted(result)


def noted(result: SubmissionResult) -> list[str]:
    """What was guessed about the submission, a line for each."""
    return [f"note: {one_line(note)}" for note in result.notes]


def explanation(check: Verdict) -> str:
    """One line: what was checked, what was found, where the page is."""
    text = f"{label(check)}: {check.status}"
    if check.message:
        text += f". {one_line(check.message)}"
    return f"{text} ({one_line(check.link)})" if check.link and check.status == "mistake" else text
