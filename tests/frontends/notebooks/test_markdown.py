"""Nothing that a student writes in Markdown runs in the browser of whoever grades."""

from __future__ import annotations

import pytest

pytest.importorskip("nbgrader")

from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook
from traitlets.config import Config

from grader.frontends.notebooks import config
from grader.frontends.notebooks.markdown import harmless

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x]( data:text/html,<script>alert(1)</script>)",
    "<svg onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    '<a href="javascript&colon;alert(1)">x</a>',
    "<details open ontoggle=alert(1)>x</details>",
    "<style>@import 'evil'</style>",
    "<form action=//evil><input name=password></form>",
    "$<script>alert(1)</script>$",
)


def shown(source: str) -> str:
    exporter = HTMLExporter(config=Config({"HTMLExporter": {"filters": config.FILTERS, "template_name": "basic"}}))
    return exporter.from_notebook_node(new_notebook(cells=[new_markdown_cell(source)]))[0]


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_of_it_runs(source: str) -> None:
    html = shown(source).lower()
    for word in (
        "<script",
        "<svg",
        "<iframe",
        "<style",
        "<form",
        "<input",
        'href="javascript:',
        'href="data',
        'href="java&',
    ):
        assert word not in html
    assert "<img" not in html or " onerror" not in html.split("<img", 1)[1].split(">")[0]
    assert "<details" not in html or "ontoggle" not in html.split("<details", 1)[1].split(">")[0]


def test_ordinary_markdown_stays() -> None:
    html = shown("# Why\n\n**5.9**: see [the page](https://example.org/#m), $a < b$\n\n| a |\n| - |\n| 1 |\n\n`<b>`")
    for part in ("<strong>5.9</strong>", 'href="https://example.org/#m"', "<table", "&lt;b&gt;", "$a &lt; b$"):
        assert part in html


def test_a_picture_that_was_put_in_stays() -> None:
    assert 'src="data:image/png;base64,AAAA"' in harmless('<img src="data:image/png;base64,AAAA">')
