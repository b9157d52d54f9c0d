"""The feedback as markdown, for a step's summary or a release: the board, then what to fix first.

Source: docs.github.com, "Adding a job summary" (1 MiB a step) and the 125,000 characters of a release's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from grader.results.board import points_text
from grader.results.escape import html, markdown, visible
from grader.results.feedback import MARGIN, frame_lines, location
from grader.results.formats.words import headline, label, roots, score_line
from grader.results.picture import NONE, Panel, Picture, number
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

LIMIT = 60_000  # characters
WIDTH = 100
LEGEND = "🟢 passed · 🔴 a mistake, a wrong result, an error or no answer in time · ⚪ waits for another, or is to do"
_MARKS = {"passed": "🟢", "mistake": "🔴", "wrong": "🔴", "error": "🔴", "timeout": "🔴"}
_CELLS = {"masked": "▨", "marked": "🟥", "sum": "✗"}


def summary(
    result: SubmissionResult,
    base_url: str = "",
    titles: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Markdown of one submission: what the terminal shows; links that are relative get `base_url` before them."""
    found = roots(result.checks)
    todo = [check.exercise for check in found if check.status == "todo"]
    waiting = [label(check) for check in result.checks if check.status == "blocked"]
    blocks = [_block(check, base_url, titles) for check in found if check.status != "todo"]
    blocks += [_listed("Waiting for what is said above", waiting)] if waiting else []
    blocks += [_listed("Not filled in yet", todo)] if todo else []
    notes = [f"Note: {markdown(note)}\n" for note in result.notes]
    return _joined([f"## {score_line(result)}\n", _board(result.checks), f"{LEGEND}\n", *notes, *blocks])


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
    if check.where:
        lines.append(f"{markdown(location(check))}\n")
    if check.message:
        lines.append(f"{markdown(check.message)}\n")
    if check.frames:
        lines.append(_frames(check))
    if check.picture:
        lines.append(_picture(check.picture))
    if check.question and check.status in ("mistake", "wrong"):
        lines.append(f"> {markdown(check.question)}\n")
    if check.link and check.status == "mistake":
        address = quote(absolute(visible(check.link), base_url), safe=":/?#=&%~@!,;+")
        lines.append(f"[The page about this mistake](<{address}>) (`misstep explain {check.id}`)\n")
    return "\n".join(lines)


def _frames(check: Verdict) -> str:
    """The student's own lines that led to an exception, each as the terminal shows it."""
    lines = [html(line.text.removeprefix(" " * MARGIN)) for line in frame_lines(check, WIDTH)]
    return f"<pre>{chr(10).join(lines)}</pre>\n"


def _picture(picture: Picture) -> str:
    """The picture as tables: a summary shows no drawing that stands in itself, and an image only from an address.

    Source: github/markup's README (what a sanitizer takes away), test-summary/action, issue 58.
    """
    tables = [_table(picture, panel) for panel in picture.panels]
    legend = [f"{_CELLS[name]} {words}" for name, words in picture.legend()]
    return "\n\n".join([picture.caption, *tables, *([" · ".join(legend)] if legend else [])]) + "\n"


def _table(picture: Picture, panel: Panel) -> str:
    sums, off = picture.sums(panel), picture.off_sums(panel)
    columns = [f"{picture.columns} {column}" for column in range(panel.width)]
    heads = [picture.rows, *columns, *(["sum"] if sums else [])]
    lines = [f"**{panel.title.capitalize()}**\n", _row(heads), "|" + " --- |" * len(heads)]
    for row, values in enumerate(panel.values):
        cells = [_cell(panel, (row, column), value) for column, value in enumerate(values)]
        total = [f"{_CELLS['sum']} {number(sums[row])}" if row in off else number(sums[row])] if sums else []
        lines.append(_row([panel.name(row), *cells, *total]))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(panel: Panel, cell: tuple[int, int], value: float) -> str:
    if cell in panel.marked:
        return f"{_CELLS['marked']} {number(value)}"
    return _CELLS["masked"] if cell in panel.masked and abs(value) <= NONE else number(value)


def _listed(title: str, names: list[str]) -> str:
    return f"{title}: {', '.join(map(markdown, names))}.\n"


def _joined(blocks: list[str]) -> str:
    text = ""
    for index, block in enumerate(blocks):
        if len(text) + len(block) > LIMIT:
            return text + f"\n{len(blocks) - index} more; run pytest to read them.\n"
        text += block + "\n"
    return text
