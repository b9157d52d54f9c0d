"""The feedback as markdown, for a step's summary or a release: the board, then what to fix first.

Source: docs.github.com, "Adding a job summary" (1 MiB a step) and the 125,000 characters of a release's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from grader.results.board import points_text
from grader.results.escape import markdown, visible
from grader.results.formats.words import headline, label, roots, score_line
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

LIMIT = 60_000  # characters
_MARKS = {"passed": "🟢", "mistake": "🔴", "wrong": "🔴", "error": "🔴", "timeout": "🔴"}


def summary(result: SubmissionResult, base_url: str = "", titles: Mapping[str, str] = MappingProxyType({})) -> str:
    """Markdown of one submission; links that are relative get `base_url` before them."""
    found = roots(result.checks)
    todo = [check.exercise for check in found if check.status == "todo"]
    waiting = [label(check) for check in result.checks if check.status == "blocked"]
    blocks = [_block(check, base_url, titles) for check in found if check.status != "todo"]
    blocks += [_listed("Waiting for what is said above", waiting)] if waiting else []
    blocks += [_listed("Not filled in yet", todo)] if todo else []
    return _joined([f"## {score_line(result)}\n", _board(result.checks), *blocks])


def page_url(environment: Mapping[str, str]) -> str:
    """Where relative links of a checkout lead: its files on GitHub at the commit that was graded."""
    keys = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (environment.get(key, "") for key in keys)
    return f"{server}/{repository}/blob/{commit}/" if server and repository and commit else ""


def absolute(link: str, base_url: str) -> str:
    """The link with an address before it where it has none."""
    return link if "://" in link else base_url + link


def _board(checks: Iterable[Verdict]) -> str:
    rows: dict[tuple[int, str], list[Verdict]] = {}
    for check in checks:
        rows.setdefault((check.stage, check.exercise), []).append(check)
    lines = ["| exercise | checks | points |", "| --- | --- | --- |"]
    for (_, exercise), group in rows.items():
        marks = " ".join(f"{_MARKS.get(check.status, '⚪')} {check.id or 'result'}" for check in group)
        earned, possible = (points_text(sum(values)) for values in zip(*map(_points, group), strict=True))
        lines.append(f"| {markdown(exercise)} | {marks} | {earned} of {possible} |")
    return "\n".join(lines) + "\n"


def _points(check: Verdict) -> tuple[float, float]:
    return check.points, check.max_points


def _block(check: Verdict, base_url: str, titles: Mapping[str, str]) -> str:
    lines = [f"### {markdown(label(check))}: {markdown(headline(check, titles))}\n"]
    if check.message:
        lines.append(f"{markdown(check.message)}\n")
    if check.link and check.status == "mistake":
        address = quote(absolute(visible(check.link), base_url), safe=":/?#=&%~@!,;+")
        lines.append(f"[The page about this mistake](<{address}>)\n")
    return "\n".join(lines)


def _listed(title: str, names: list[str]) -> str:
    return f"{title}: {', '.join(map(markdown, names))}.\n"


def _joined(blocks: list[str]) -> str:
    text = ""
    for index, block in enumerate(blocks):
        if len(text) + len(block) > LIMIT:
            return text + f"\n{len(blocks) - index} more; run pytest to read them.\n"
        text += block + "\n"
    return text
