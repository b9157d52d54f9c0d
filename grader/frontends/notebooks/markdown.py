"""Markdown that students wrote, as HTML for feedback and for the grader's own browser: without anything that runs."""

from __future__ import annotations

from typing import Any

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

# fmt: off
_TAGS = frozenset((
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
))
# fmt: on
_ATTRIBUTES = frozenset(("alt", "align", "class", "colspan", "height", "id", "rowspan", "title", "width"))
_PROTOCOLS = frozenset(("http", "https", "mailto", "data"))


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """In the place of nbconvert's filter of this name, which lets scripts and `javascript:` addresses through."""
    cell = context.get("cell", {})
    renderer = IPythonRenderer(escape=False, attachments=cell.get("attachments", {}), embed_images=False)
    return harmless(MarkdownWithMath(renderer=renderer).render(source))


def harmless(html: str) -> str:
    """HTML with the usual tags of text, tables and pictures only; whatever else is there is shown as text."""
    return str(bleach.clean(html, tags=_TAGS, attributes=_is_harmless, protocols=_PROTOCOLS))


def _is_harmless(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and value.startswith(("data:image/", "http:", "https:"))
    if name == "href":
        return tag == "a" and not value.strip().lower().startswith("data:")
    return name in _ATTRIBUTES
