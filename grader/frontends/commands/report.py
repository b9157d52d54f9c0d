"""Write a page about the class: scores, mistakes, a map of all checks, and each student's feedback."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.results.records import SubmissionResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep report OUT`."""
    parser.add_argument("out", metavar="OUT", type=Path, help="what `misstep grade --out OUT` has written")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write (default: OUT/report.html)")
    parser.add_argument("--roster", metavar="FILE", type=Path, help="CSV file with sections, to look at one at a time")
    parser.add_argument("--prefix", metavar="TEXT", help="what every submission's name begins with")
    parser.add_argument("--title", default="Class report", help="what the page is headed with")


def run(args: argparse.Namespace) -> int:
    """0 when the page is written; 2, with one line, where there are no results or no Jinja2."""
    try:
        from grader.results.report.page import FILE, report
    except ModuleNotFoundError as error:
        print(f"misstep report: {error}; pip install 'misstep[instructor]'", file=sys.stderr)
        return 2
    from grader.results.atomic import write_whole
    from grader.results.formats.roster import RosterError
    from grader.results.milestones import read_milestones
    from grader.results.records import ResultsError, read_results
    from grader.results.report.content import class_content
    from grader.results.store import StoreError, read_details

    try:
        # In this order: what is no directory of results is not made one by looking.
        results = read_results(args.out)
        groups = _groups(args, results) if args.roster else {}
        content = class_content(results, dict(read_details(args.out)), groups, read_milestones(args.out))
        target = args.output or args.out / FILE
        write_whole(target, report(content, args.title))
    except (ResultsError, RosterError, StoreError, OSError) as error:
        print(f"misstep report: {error}", file=sys.stderr)
        return 2
    print(f"wrote {target}: open it in a browser; it holds every student's feedback, so keep it to yourself")
    return 0


def _groups(args: argparse.Namespace, results: Sequence[SubmissionResult]) -> dict[str, str]:
    """The section of the roster by submission; those of several sections have them all."""
    from grader.results.formats.matching import match
    from grader.results.formats.roster import read_roster, twice

    students = read_roster(args.roster)
    found: dict[str, dict[str, None]] = {}
    for entry in match(results, students, args.prefix, twice(args.roster, students)):
        if entry.result and entry.student and entry.student.section:
            found.setdefault(entry.result.submission, {})[entry.student.section] = None
    return {name: ", ".join(sections) for name, sections in found.items()}
