"""The report as one HTML file: a template, a style, scripts, and the students as JSON.

Plain HTML, SVG and a table of which only the rows in sight exist, and no library of charts or grids: what is drawn is
bars and cells, a thousand students stay smooth, and nothing has to be vendored, licensed and kept up to date.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markdown_it import MarkdownIt
from markupsafe import Markup

from grader.course.catalogue import find_page
from grader.results.board import MARKS
from grader.results.escape import visible
from grader.results.folded_hints import folded_hints
from grader.results.report.content import CODES, ClassContent
from grader.results.report.students import class_data

FILE = "report.html"
MOST_SLIPS = 50
_HOME = Path(__file__).parent
_SCRIPTS = ("grid.js", "student.js", "views.js")
_WORDS = {"error": "raised", "timeout": "no answer in time", "blocked": "waits for another", "todo": "to do"}


def report(content: ClassContent, title: str = "Class report") -> str:
    """The whole file. What students wrote is in it as JSON that no text can end, or escaped by the template."""
    script = "\n".join((_HOME / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    style = (_HOME / "report.css").read_text(encoding="utf-8")
    template = _environment().get_template("report.html.j2")
    return template.render(
        title=title,
        content=content,
        data=htmlsafe_json_dumps({"statuses": _statuses(), **class_data(content)}, dumps=_dumps),
        script=Markup(script),
        style=Markup(style),
        policy=_policy(script, style),
        statuses=_statuses(),
        most_slips=MOST_SLIPS,
        pages=_pages(content),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HOME), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = visible
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    return environment


def _policy(script: str, style: str) -> str:
    """Nothing is loaded, sent or framed, and nothing runs but our own script."""
    allowed = f"script-src '{_digest(script)}'; style-src '{_digest(style)}'"
    return f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _dumps(value: Any, **_: Any) -> str:
    # ASCII alone: half a surrogate pair is no UTF-8.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _statuses() -> list[dict[str, str]]:
    return [{"code": CODES[s], "mark": mark, "word": _WORDS.get(s, s)} for s, mark in MARKS.items()]


def _pages(content: ClassContent) -> list[dict[str, Any]]:
    """The pages of the mistakes that were looked for, rendered; raw HTML in them stays text."""
    render = MarkdownIt("commonmark", {"html": False}).enable("table").render
    labels = dict.fromkeys(column.label for column in content.columns)
    found = [page for page in map(find_page, labels) if page is not None]
    found.sort(key=lambda page: [int(part) for part in page.id.split(".")])
    return [
        {"id": page.id, "title": page.title, "body": Markup(folded_hints(page.id)) + _reachable(render(page.body))}
        for page in found
    ]


def _reachable(body: str) -> Markup:
    """Code that is wider than the page can be scrolled by the keyboard. (A "<pre>" in the text itself is escaped.)"""
    return Markup(body.replace("<pre>", '<pre tabindex="0">'))
