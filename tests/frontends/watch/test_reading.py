"""`misstep explain` where there is a terminal: its width, its colours, and a pager for what is longer than it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from grader.course.catalogue import find_page, stages
from grader.course.pages import Page
from grader.frontends.watch.reading import WIDTH, excerpt, page_text, rendered, search

PAGES = [page for stage in stages() for page in stage.pages.values()]
PAGER = """sh -c 'sed "s/^/paged /"'"""


def unpainted(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def in_terminal(cwd: Path, *arguments: str, lines: int, columns: int = 120, **environment: str) -> str:
    pexpect = pytest.importorskip("pexpect")
    environment = {**os.environ, "TERM": "xterm", "PAGER": PAGER, **environment}
    command = ["-c", "import sys; from grader.frontends.cli import main; sys.exit(main())", "explain", *arguments]
    options = {"cwd": cwd, "env": environment, "dimensions": (lines, columns), "encoding": "utf-8", "timeout": 120}
    child = pexpect.spawn(sys.executable, command, **options)
    text = child.read()
    child.close()
    assert child.exitstatus == 0, text
    return str(text)


@pytest.mark.parametrize("width", [80, 60])
def test_every_page_fits(width: int) -> None:
    for page in PAGES:
        text = unpainted(rendered(page_text(page), width))
        assert "\x1b" not in text
        assert max(map(len, text.splitlines())) <= width, page.id


def test_code_is_highlighted_and_addresses_can_be_read() -> None:
    page = find_page("5.9")
    assert page is not None
    (line,) = [line for line in rendered(page_text(page), 80).splitlines() if "softmax" in line and "def" in line]
    assert re.search(r"\x1b\[\d+mdef\x1b\[0m", line)
    assert "\x1b" not in unpainted(rendered(page_text(page), 80, colour=False))
    with_paper = next(page for page in PAGES if "](https://" in page.body)
    (address,) = re.findall(r"\]\((https://[^)]+)\)", with_paper.body)[:1]
    assert address in unpainted(rendered(page_text(with_paper), 200))


def test_a_page_that_is_longer_than_the_terminal_goes_through_the_pager(tmp_path: Path) -> None:
    paged = in_terminal(tmp_path, "5.9", lines=10)
    assert paged.startswith("paged ")
    # What a shell has exported may be what some other terminal was.
    whole = in_terminal(tmp_path, "5.9", lines=200, LINES="10", COLUMNS="40")
    assert "paged" not in whole
    assert max(map(len, unpainted(whole).splitlines())) <= WIDTH
    assert "\x1b[" in whole


def test_so_does_an_index(tmp_path: Path) -> None:
    assert in_terminal(tmp_path, lines=10).startswith("paged 3.1 ")
    assert "paged" not in in_terminal(tmp_path, "5", lines=40, NO_COLOR="1")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_is_found_by_the_words_of_its_title_and_of_its_body(page: Page) -> None:
    assert page in search(page.title.split(), PAGES)
    words = re.findall(r"\b[a-z]{4,}\b", page.body)[:6]
    assert page in search([word.upper() for word in words], PAGES)
    assert len(excerpt(page, words)) <= WIDTH - 6
