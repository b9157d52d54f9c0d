"""Write a page about the class: scores, mistakes, a map of all checks, and each student's feedback."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep report OUT`."""
    parser.add_argument("out", metavar="OUT", type=Path, help="what `misstep grade --out OUT` has written")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write (default: OUT/report.html)")
    parser.add_argument("--title", default="Class report", help="what the page is headed with")


def run(args: argparse.Namespace) -> int:
    """0 when the page is written; 2, with one line, where there are no results or no Jinja2."""
    try:
        from grader.results.report.page import FILE, report
    except ModuleNotFoundError as error:
        print(f"misstep report: {error}; pip install 'misstep[instructor]'", file=sys.stderr)
        return 2
    from grader.results.atomic import write_whole
    from grader.results.records import ResultsError, read_results
    from grader.results.report.content import class_content
    from grader.results.store import StoreError, read_details

    try:
        # In this order: what is no directory of results is not made one by looking.
        results = read_results(args.out)
        content = class_content(results, dict(read_details(args.out)))
        target = args.output or args.out / FILE
        write_whole(target, report(content, args.title))
    except (ResultsError, StoreError, OSError) as error:
        print(f"misstep report: {error}", file=sys.stderr)
        return 2
    print(f"wrote {target}: open it in a browser; it holds every student's feedback, so keep it to yourself")
    return 0
