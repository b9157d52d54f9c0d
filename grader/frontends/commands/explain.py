"""Show the page of a documented mistake, such as 5.9, or find pages by their words."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.pages import Page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep explain [ID | STAGE | WORDS…]`."""
    about = "a mistake such as 5.9, a stage such as 5, or words such as: mask nan; without any, all are listed"
    parser.add_argument("about", metavar="ID", nargs="*", help=about)


def run(args: argparse.Namespace) -> int:
    """Print the page, the pages of a stage, what was found, or the index; 2 where there is nothing."""
    from grader.course.catalogue import stage, stage_numbers, stages

    asked = " ".join(args.about).split()
    if not asked:
        _list(page for each in stages() for page in each.pages.values())
        return 0
    if len(asked) == 1 and re.fullmatch(r"\d+\.\d+", asked[0]):
        return _one(asked[0])
    number = asked[0].removeprefix("stage")
    if len(asked) == 1 and number.isdecimal():
        if int(number) not in stage_numbers():
            return _none(f"there is no stage {number}")
        _list(stage(int(number)).pages.values())
        return 0
    return _words(asked)


def _one(mistake: str) -> int:
    from grader.course.catalogue import find_page
    from grader.frontends.watch.reading import page_text, show_markdown

    page = find_page(mistake)
    if page is None:
        return _none(f"there is no mistake {mistake!r}; `misstep explain` lists them")
    if not page.body:
        return _none(f"{page.link.partition('#')[0]} has no readable section for {page.id}")
    show_markdown(page_text(page))
    return 0


def _words(words: list[str]) -> int:
    from grader.course.catalogue import stages
    from grader.frontends.watch.reading import excerpt, page_text, search, show_lines, show_markdown

    found = search(words, [page for each in stages() for page in each.pages.values()])
    if not found:
        many = f"all of {' '.join(words)!r}" if len(words) > 1 else repr(words[0])
        return _none(f"no page holds {many}; `misstep explain` lists the mistakes")
    if len(found) == 1:
        show_markdown(page_text(found[0]))
        return 0
    show_lines([text for page in found for text in (f"{page.id:<5} {page.title}", f"      {excerpt(page, words)}")])
    return 0


def _list(pages: Iterable[Page]) -> None:
    """An index, in which the mistakes that were met here have a mark."""
    from grader.frontends.watch.folders import course_root, student_stages
    from grader.frontends.watch.memory import met_in
    from grader.frontends.watch.reading import show_lines

    stages = student_stages(Path.cwd())
    root = course_root(stages) if stages else Path.cwd()
    met = met_in(root)
    show_lines([f"{page.id:<5} {page.title}{'   ← you met it' if page.id in met else ''}" for page in pages])


def _none(text: str) -> int:
    print(f"misstep explain: {text}", file=sys.stderr)
    return 2
