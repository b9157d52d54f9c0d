"""Show one student's feedback from stored results, or write a file for each student that is safe to send."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.results.formats.roster import Entry
    from grader.results.records import SubmissionResult
    from grader.results.verdict import Verdict

SUBJECT = "Your feedback"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep feedback OUT [NAME]`."""
    parser.add_argument("out", metavar="OUT", type=Path, help="what `misstep grade --out OUT` has written")
    parser.add_argument("name", metavar="NAME", nargs="?", help="this submission (default: all)")
    parser.add_argument("--markdown", metavar="DIR", type=Path, help="write a Markdown file for each student")
    parser.add_argument("--html", metavar="DIR", type=Path, help="write an HTML file for each student")
    parser.add_argument("--pictures", action="store_true", help="draw what was seen, as grids of characters")
    parser.add_argument("--fix", action="store_true", help="for you alone: also the change behind a named line")
    parser.add_argument("--mail", metavar="FILE", type=Path, help="write a CSV file of address, subject and file")
    parser.add_argument("--roster", metavar="FILE", type=Path, help="CSV file with the addresses for --mail")
    parser.add_argument("--prefix", metavar="TEXT", help="what every submission's name begins with")
    parser.add_argument("--subject", metavar="TEXT", default=SUBJECT, help="of the mail (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """0 when all is shown or written, 2 where there is nothing to read or the options do not fit."""
    from grader.results.formats.roster import RosterError
    from grader.results.letter import LetterError
    from grader.results.records import ResultsError
    from grader.results.store import StoreError, read_class

    problem = _unfit(args)
    try:
        if problem:
            raise LetterError(problem)
        results = _chosen(read_class(args.out), args.name)
        if args.markdown or args.html:
            return _write(args, results)
    except (LetterError, ResultsError, RosterError, StoreError, OSError) as error:
        print(f"misstep feedback: {error}", file=sys.stderr)
        return 2
    for result in results:
        _show(result, named=len(results) > 1, fix=args.fix, pictures=args.pictures)
    return 0


def _unfit(args: argparse.Namespace) -> str:
    if args.markdown and args.html:
        return "--markdown or --html, one at a time"
    if args.fix and (args.markdown or args.html):
        return "--fix is for you alone: it goes into no file for students"
    if args.mail and not (args.markdown or args.html):
        return "--mail lists files: give --html DIR or --markdown DIR"
    if args.mail and not args.roster:
        return "--mail needs the addresses: give --roster FILE"
    return ""


def _chosen(results: list[SubmissionResult], name: str | None) -> list[SubmissionResult]:
    """The one called so, in any case and form of its accents where nobody is called exactly so; or all."""
    from difflib import get_close_matches

    from grader.results.escape import one_line, visible
    from grader.results.formats.roster import plain
    from grader.results.letter import LetterError

    if name is None:
        return results
    found = [r for r in results if r.submission == name]
    found = found or [r for r in results if plain(name) in (plain(r.submission), plain(visible(r.submission)))]
    if len(found) == 1:
        return found
    near = get_close_matches(name, [r.submission for r in results], n=3)
    hint = f"; did you mean {' or '.join(one_line(n, 60) for n in near)}?" if near else ""
    raise LetterError(f"no submission is called {name!r}{hint}")


def _show(result: SubmissionResult, *, named: bool, fix: bool, pictures: bool) -> None:
    from shutil import get_terminal_size

    from grader.results.escape import logged
    from grader.results.told import submission_lines, write_lines

    if named:
        print(f"══ {logged(result.submission)}\n")
    width = get_terminal_size().columns
    write_lines(submission_lines(result, min(80, width)), min(100, width), pictures=pictures)
    for verdict in result.checks if fix else ():
        _show_fix(verdict)
    if named:
        print()


def _show_fix(verdict: Verdict) -> None:
    from grader.results.escape import one_line
    from grader.results.feedback import location

    if verdict.fix:
        place = verdict.exercise if verdict.where is None else f"{location(verdict).rpartition(':')[0]}"
        print(f"For you alone: {place}, line {verdict.line}: {one_line(verdict.fix, 200)}")


def _write(args: argparse.Namespace, results: Sequence[SubmissionResult]) -> int:
    from grader.results.atomic import write_whole
    from grader.results.formats.files import folder_name
    from grader.results.letter import as_html, as_markdown

    people = _people(args, results) if args.mail else []
    home, suffix, render = (args.html, "html", as_html) if args.html else (args.markdown, "md", as_markdown)
    files = {result.submission: home / f"{folder_name(result.submission)}.{suffix}" for result in results}
    for result in results:
        write_whole(files[result.submission], render(result))
    print(f"wrote {len(files)} file{'' if len(files) == 1 else 's'} in {home}")
    if args.mail:
        _write_mail(args, people, files)
    return 0


def _people(args: argparse.Namespace, results: Sequence[SubmissionResult]) -> list[Entry]:
    from grader.results.formats.matching import match
    from grader.results.formats.roster import read_roster, twice
    from grader.results.store import read_class

    students = read_roster(args.roster)
    doubtful = twice(args.roster, students)
    for line in filter(None, doubtful.values()):
        print(f"misstep feedback: {line}", file=sys.stderr)
    # Matched as a whole class, so that one student alone gets the address that they get among all.
    chosen = {result.submission for result in results}
    people = match(read_class(args.out), students, args.prefix, doubtful)
    return [entry for entry in people if entry.result and entry.result.submission in chosen]


def _write_mail(args: argparse.Namespace, people: Sequence[Entry], files: dict[str, Path]) -> None:
    from grader.results.atomic import write_whole
    from grader.results.escape import logged
    from grader.results.formats.table import csv_text

    rows = [
        [entry.student.email, args.subject, str(files[entry.result.submission].absolute())]
        for entry in people
        if entry.result and entry.student and entry.student.email
    ]
    write_whole(args.mail, csv_text([["address", "subject", "file"], *rows]))
    print(f"wrote {args.mail}: {len(rows)} address{'' if len(rows) == 1 else 'es'}")
    for entry in people:
        if not (entry.student and entry.student.email) and entry.result:
            print(f"misstep feedback: {logged(entry.result.submission)}: no address on the roster", file=sys.stderr)
