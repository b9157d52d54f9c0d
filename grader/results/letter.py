"""A file for one student that is safe to send: what the terminal tells, and the pages of the mistakes rendered in it.

It says nothing of anybody else, of hidden tests, of the seed, or of the change behind a named line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.course.catalogue import find_page, stage
from grader.course.pages import Page
from grader.results.board import board
from grader.results.character_grid import character_grid
from grader.results.escape import markdown as markdown_text
from grader.results.escape import visible
from grader.results.folded_hints import folded_hints
from grader.results.formats.words import score_line
from grader.results.paragraphs import Paragraph, paragraphs
from grader.results.records import SubmissionResult
from grader.results.svg import data_address
from grader.results.told import by_stage
from grader.results.verdict import Verdict

# A link from one page to another of its file: there is none in a letter that holds a few pages.
_LOCAL = re.compile(r"\[([^\]]+)\]\(#[^)]*\)")
TEMPLATE = Path(__file__).with_name("letter.html.j2")


class LetterError(Exception):
    """A letter cannot be made here; the text says what to install."""


@dataclass(frozen=True)
class Chapter:
    """One stage: its title, its blocks, and its board as lines."""

    title: str
    parts: Sequence[Sequence[Paragraph]]
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
        lines += [_marked_down(part) for block in chapter.parts for part in block]
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
    lines = board(number, stage(number).title, verdicts)
    return Chapter(lines[0].text.strip(), paragraphs(verdicts), "\n".join(line.text for line in lines[1:]))


def _marked_down(part: Paragraph) -> str:
    if part.picture is not None:
        return _fenced("\n".join(character_grid(part.picture)))
    if part.kind == "code":
        return _fenced(part.text)
    shown = markdown_text(part.heading if part.kind in ("head", "todo") else part.text)
    return f"### {shown}" if part.kind == "head" else f"*{shown}*" if part.kind == "ask" else shown


def _fenced(text: str) -> str:
    """A block of code that nothing in it can end."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"
