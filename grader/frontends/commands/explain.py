"""Show the page of a documented mistake, such as 5.9."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep explain [ID]`."""
    parser.add_argument("id", metavar="ID", nargs="?", help="a mistake such as 5.9; without one, all are listed")


def run(args: argparse.Namespace) -> int:
    """Print the page; 2 where there is none."""
    from grader.course.catalogue import find_page, stages

    if args.id is None:
        for stage in stages():
            for known in stage.pages.values():
                print(f"{known.id:<5} {known.title}")
        return 0
    page = find_page(args.id)
    if page is None:
        print(f"misstep explain: there is no mistake {args.id!r}; `misstep explain` lists them", file=sys.stderr)
        return 2
    if not page.body:
        print(f"misstep explain: {page.link.partition('#')[0]} has no readable section for {page.id}", file=sys.stderr)
        return 2
    _show(f"# {page.id} · {page.title}\n\n{page.body}\n\n{page.link}\n")
    return 0


def _show(markdown: str) -> None:
    """Rendered where the terminal and the installation can, as plain Markdown elsewhere."""
    if sys.stdout.isatty():
        try:
            from rich.console import Console
            from rich.markdown import Markdown
        except ImportError:
            pass
        else:
            Console().print(Markdown(markdown))
            return
    print(markdown)
