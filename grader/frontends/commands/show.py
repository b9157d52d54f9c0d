"""Show a graded class: its table, or who made a mistake."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grader.frontends.commands._arguments import add_table

if TYPE_CHECKING:
    from grader.results.records import SubmissionResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep show OUT`."""
    parser.add_argument("out", metavar="OUT", type=Path, help="what `misstep grade --out OUT` has written")
    parser.add_argument("--mistake", metavar="ID", help="who made it, such as 5.1, and in which exercises")
    add_table(parser)


def run(args: argparse.Namespace) -> int:
    """0 when something is shown, 2 where there are no results or no such mistake."""
    from grader.results.overview import Overview
    from grader.results.records import ResultsError, read_results
    from grader.results.told import write_lines

    try:
        results = read_results(args.out)
    except ResultsError as error:
        print(f"misstep show: {error}", file=sys.stderr)
        return 2
    if args.mistake:
        return _who(results, args.mistake, by_score=args.sort == "score")
    overview = Overview()
    for result in results:
        overview.add(result)
    write_lines(overview.lines(args.sort, args.all))
    return 0


def _who(results: Sequence[SubmissionResult], mistake: str, *, by_score: bool) -> int:
    from grader.course.catalogue import find_page
    from grader.results.escape import logged
    from grader.results.overview import who_made

    page = find_page(mistake)
    if page is None:
        print(f"misstep show: there is no mistake {mistake!r}; `misstep explain` lists them", file=sys.stderr)
        return 2
    ordered = sorted(results, key=lambda result: result.score) if by_score else results
    found = who_made(ordered, mistake)
    share = f" ({len(found) / len(results):.0%})" if results else ""
    print(f"{mistake} {page.title}: {len(found)} of {len(results)}{share}")
    for name, exercises in found.items():
        print(f"  {logged(name)}: {', '.join(exercises)}")
    return 0
