"""A verdict as it stands under a test cell: the terminal's feedback as HTML, with links that can be clicked."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.frontends.notebooks.sheet import page_link
from grader.results.board import points_text
from grader.results.escape import one_line
from grader.results.feedback import MAX_FRAMES_SHOWN, as_text, block, title
from grader.results.folded_hints import folded_hints
from grader.results.svg import image
from grader.results.verdict import Verdict

_CELL_NAME = re.compile(r"^.*\.ipynb\[(\d+)\]$")
_COLOURS = {"passed": "#2e7d32", "blocked": "#8a8a8a", "todo": "#8a8a8a"}
_WRONG = "#c0392b"


@dataclass(frozen=True)
class Shown:
    """A verdict in both forms, and one line that says it all."""

    html: str
    text: str
    line: str


def shown(verdict: Verdict, others: Sequence[Verdict], *, magics: bool = False) -> Shown:
    """How a verdict is shown; `others` are all verdicts of its exercise.

    With `magics` no page needs to lie beside the notebook: `%explain` shows it.
    """
    label = verdict.label
    if verdict.passed:
        line = f"{label}: passed ({points_text(verdict.points)} of {points_text(verdict.max_points)})"
        return Shown(_box("passed", f"✓ {html.escape(line)}"), f"✓ {line}", line)
    if verdict.status == "todo":
        line = f"{label}: {verdict.exercise} is not filled in yet"
        return Shown(_box("todo", f"○ {html.escape(line)}"), f"○ {line}", line)
    if verdict.status == "blocked":
        line = f"{label}: cannot be judged yet: {verdict.message}"
        return Shown(_box("blocked", f"· {html.escape(line)}"), f"· {line}", line)
    waiting = sum(v.status == "blocked" and v.waits_for == verdict.label for v in others)
    text = as_text([block(verdict, 80, waiting=waiting)])
    return Shown(_failure(verdict, waiting, magics), text, f"{label}: {title(verdict)}")


def _failure(verdict: Verdict, waiting: int, magics: bool) -> str:
    name = f"{verdict.id} · " if verdict.status == "mistake" and verdict.id else ""
    parts = [
        f"<div><strong>{html.escape(name + title(verdict))}</strong>"
        f'<span style="float:right;opacity:.65;font-size:.9em">{html.escape(place(verdict))}</span></div>',
        f'<div style="margin-top:.3em">{html.escape(verdict.message)}</div>',
        _frames(verdict),
        image(verdict.picture) if verdict.picture else "",
    ]
    if verdict.status in ("mistake", "wrong") and verdict.question:
        parts.append(f'<div style="margin-top:.3em"><em>{html.escape(verdict.question)}</em></div>')
    if verdict.status == "mistake" and verdict.link:
        parts.append(f'<div style="margin-top:.3em">→ {_page(verdict, page_link(verdict.link), magics)}</div>')
    if verdict.status == "mistake" and verdict.id:
        indented = '<details style="margin:.3em 0 0 1em" '
        parts.append(folded_hints(verdict.id).replace("<details ", indented))
    if waiting:
        text = f"{waiting} check{'' if waiting == 1 else 's'} wait{'s' if waiting == 1 else ''} for this one."
        parts.append(f'<div style="margin-top:.3em;opacity:.65">{text}</div>')
    return _box(verdict.status, "".join(parts))


def _page(verdict: Verdict, link: str, magics: bool) -> str:
    if magics and not link.startswith("http"):
        return f"The page of mistake {verdict.id}: <code>%explain {verdict.id}</code>"
    address = html.escape(link, quote=True)
    return f'<a href="{address}" target="_blank" rel="noopener">The page of mistake {verdict.id}</a>'


def place(verdict: Verdict) -> str:
    """Where the student's function stands: `In [7], line 3`."""
    return verdict.exercise if verdict.where is None else place_text(verdict.where.file, verdict.where.line)


def place_text(file: str, line: int) -> str:
    cell = _CELL_NAME.match(file)
    return f"In [{cell.group(1)}], line {line}" if cell else f"{one_line(file, 60)}, line {line}"


def _frames(verdict: Verdict) -> str:
    lines = [f"{place_text(f.file, f.line)}: {one_line(f.source, 80)}" for f in verdict.frames[-MAX_FRAMES_SHOWN:]]
    if not lines:
        return ""
    style = "margin:.3em 0;padding:.3em .6em;background:rgba(128,128,128,.12)"
    return f'<pre style="{style}">{html.escape(chr(10).join(lines))}</pre>'


def _box(status: str, content: str) -> str:
    colour = _COLOURS.get(status, _WRONG)
    style = f"border-left:4px solid {colour};padding:.35em .8em;margin:.2em 0;max-width:46em;line-height:1.45"
    return f'<div class="misstep misstep-{status}" style="{style}">{content}</div>'
