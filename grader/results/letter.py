"""A file for one student that is safe to send: what the terminal tells, and the pages of the mistakes rendered in it.

It says nothing of anybody else, of hidden tests, of the seed, or of the change behind a named line.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from grader.course.catalogue import find_page, stage
from grader.course.pages import Page
from grader.results.board import board
from grader.results.character_grid import character_grid
from grader.results.escape import markdown as markdown_text
from grader.results.escape import visible
from grader.results.feedback import Line, blocks
from grader.results.folded_hints import folded_hints
from grader.results.formats.words import score_line
from grader.results.records import SubmissionResult
from grader.results.svg import data_address
from grader.results.told import by_stage
from grader.results.verdict import Verdict

# So wide that nothing is wrapped: a page or a mail program wraps for itself.
_WIDTH = 10_000
# A link from one page to another of its file: there is none in a letter that holds a few pages.
_LOCAL = re.compile(r"\[([^\]]+)\]\(#[^)]*\)")
TEMPLATE = Path(__file__).with_name("letter.html.j2")


class LetterError(Exception):
    """A letter cannot be made here; the text says what to install."""


@dataclass(frozen=True)
class Chapter:
    """One stage: its title, its blocks as paragraphs of a kind each, and its board as lines."""

    title: str
    parts: Sequence[Sequence[Line]]
    board: str


@dataclass(frozen=True)
class Letter:
    """All that one student is sent."""

    name: str
    score: str
    notes: Sequence[str]
    chapters: Sequence[Chapter]
    pages: Sequence[Page]


def letter(result: SubmissionResult) -> Letter:
    """The letter that a submission's verdicts make; each page stands once, however often its mistake was made."""
    made = dict.fromkeys(check.id for check in result.checks if check.status == "mistake" and check.id)
    pages = [replace(page, body=_LOCAL.sub(r"\1", page.body)) for page in map(find_page, made) if page is not None]
    chapters = [_chapter(number, verdicts) for number, verdicts in by_stage(result.checks).items()]
    return Letter(visible(result.submission), score_line(result), result.notes, chapters, pages)


def as_markdown(result: SubmissionResult) -> str:
    """The letter as Markdown that shows a student's text and nothing else."""
    told = letter(result)
    lines = [f"# Feedback: {markdown_text(told.name)}", f"**{markdown_text(told.score)}**"]
    lines += [f"Note: {markdown_text(note)}" for note in told.notes]
    for chapter in told.chapters:
        lines += [f"## {markdown_text(chapter.title)}", _fenced(chapter.board)]
        lines += [_marked_down(line) for part in chapter.parts for line in part]
    for page in told.pages:
        lines += [f"## Mistake {page.id} · {page.title}", page.body]
    return "\n\n".join(lines) + "\n"


def as_html(result: SubmissionResult) -> str:
    """The letter as one HTML file that loads nothing. Raises LetterError without the libraries it takes."""
    try:
        from jinja2 import Environment
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise LetterError(f"--html needs {error.name}: pip install 'misstep[instructor]'") from error
    render = MarkdownIt("commonmark").enable("table").render
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["address"] = data_address
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    # Only the course's own pages are taken as they are.
    told = letter(result)
    return template.render(told=told, pages=[(page, folded_hints(page.id), render(page.body)) for page in told.pages])


def _chapter(number: int, verdicts: Sequence[Verdict]) -> Chapter:
    parts = [list(_paragraphs(part)) for part in blocks(verdicts, _WIDTH)]
    lines = board(number, stage(number).title, verdicts)
    return Chapter(lines[0].text.strip(), parts, "\n".join(line.text for line in lines[1:]))


def _paragraphs(part: Sequence[Line]) -> Iterator[Line]:
    """Lines of one kind as one paragraph, without what lines them up in a terminal."""
    for kind, group in groupby(part, key=lambda line: line.kind):
        lines = list(group)
        texts = [line.text for line in lines]
        if kind == "picture":
            yield from lines
        elif kind == "code":
            yield Line(kind, textwrap.dedent("\n".join(texts)))
        else:
            yield Line(kind, re.sub(r" {2,}", " · " if kind in ("head", "todo") else " ", " ".join(texts).strip()))


def _marked_down(line: Line) -> str:
    if line.picture is not None:
        return _fenced("\n".join(character_grid(line.picture)))
    if line.kind == "code":
        return _fenced(line.text)
    shown = markdown_text(line.text)
    return f"### {shown}" if line.kind == "head" else f"*{shown}*" if line.kind == "ask" else shown


def _fenced(text: str) -> str:
    """A block of code that nothing in it can end."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"
