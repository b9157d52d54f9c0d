"""Pages in the terminal: Markdown rendered where rich is installed, plain otherwise, in a pager where it is long."""

from __future__ import annotations

import os
import pydoc
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from grader.course.pages import Page
from grader.frontends.watch.terminal import size

WIDTH = 80


def show_markdown(markdown: str) -> None:
    """Write it to the terminal, or as it is to a pipe or a file."""
    if not sys.stdout.isatty():
        print(markdown)
        return
    _page(rendered(markdown, min(WIDTH, size().columns)))


def show_lines(lines: Sequence[str]) -> None:
    """Write a list: through a pager where the terminal has fewer lines than it."""
    if sys.stdout.isatty():
        _page("\n".join(lines))
    else:
        print("\n".join(lines))


def rendered(markdown: str, width: int, colour: bool = True) -> str:
    """As lines of a terminal: with code highlighted where rich is installed, as Markdown otherwise."""
    try:
        from rich.console import Console
        from rich.markdown import Markdown
    except ImportError:
        return markdown
    options: dict[str, Any] = {} if colour and "NO_COLOR" not in os.environ else {"no_color": True}
    console = Console(width=width, force_terminal=True, **options)
    with console.capture() as capture:
        # Addresses stand in the text: not every terminal and pager knows links behind words.
        console.print(Markdown(markdown, code_theme="ansi_dark", hyperlinks=False))
    return capture.get()


def _page(text: str) -> None:
    if text.count("\n") < size().lines:
        print(text)
        return
    # less: colours as they are, and the text stays on the screen.
    os.environ.setdefault("LESS", "-RFX")
    pydoc.pager(text)


def page_text(page: Page) -> str:
    """A page as Markdown, with its title and its link."""
    return f"# {page.id} · {page.title}\n\n{page.body}\n\n{page.link}\n"


def search(words: Sequence[str], pages: Iterable[Page]) -> list[Page]:
    """The pages that hold all of the words, in any spelling of capitals; where they count most, first."""
    found = []
    for page in pages:
        title, body = page.title.casefold(), page.body.casefold()
        counts = [5 * title.count(word) + body.count(word) for word in map(str.casefold, words)]
        if all(counts):
            # The rarest word says most; a page that names one word often is no better for it.
            found.append((-min(counts, default=0), -sum(counts), page))
    return [page for *_, page in sorted(found, key=lambda item: item[:2])]


def excerpt(page: Page, words: Sequence[str]) -> str:
    """The sentence of the page that holds most of the words, in one line."""
    prose = re.sub(r"```.*?```", " ", page.body, flags=re.DOTALL)
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(prose.replace("**", "").split()))
    best = max(sentences, key=lambda sentence: sum(word.casefold() in sentence.casefold() for word in words))
    return textwrap.shorten(best, WIDTH - 6, placeholder=" …")
