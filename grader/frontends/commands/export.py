"""Write stored results as another system wants them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grader.frontends.commands._arguments import seed

if TYPE_CHECKING:
    from types import ModuleType

    from grader.results.formats.roster import Entry
    from grader.results.records import SubmissionResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep export OUT --to FORMAT`."""
    from grader.course.docstrings import docstring
    from grader.results.formats import formats

    known = formats()
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "formats:\n" + "\n".join(
        f"  {name:12} {docstring(module).partition(chr(10))[0]}" for name, module in known.items()
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="what `misstep grade --out OUT` has written")
    parser.add_argument("--to", metavar="FORMAT", required=True, choices=sorted(known), help="see below")
    parser.add_argument("--roster", metavar="FILE", type=Path, help="CSV file that says who is who")
    parser.add_argument(
        "--prefix", metavar="TEXT", help="what every submission's name begins with (default: what all have in common)"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="name everybody who could not be matched")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write (default: in OUT)")
    parser.add_argument(
        "--wheels", metavar="DIR", type=Path, help="gradescope: more wheels to vendor, for a build offline"
    )
    parser.add_argument("--seed", type=seed, help="gradescope: the course's secret seed; its answers go along")
    parser.add_argument("--assignment", metavar="NAME", default="misstep", help="its name in the gradebook")


def run(args: argparse.Namespace) -> int:
    """0 when the files are written; whoever could not be matched is named on stderr."""
    from grader.results.formats import entries, formats
    from grader.results.formats.files import ExportError
    from grader.results.formats.roster import RosterError
    from grader.results.records import ResultsError, read_results

    try:
        results = read_results(args.out)
        people = _matched(args, results) if args.roster else entries(results)
        return _export(args, formats(), people)
    except (ExportError, RosterError, ResultsError, OSError) as problem:
        print(f"misstep export: {problem}", file=sys.stderr)
        return 2


def _export(args: argparse.Namespace, known: dict[str, ModuleType], people: Sequence[Entry]) -> int:
    from grader.results.formats import is_per_submission
    from grader.results.formats.files import ExportError, write_export

    module = known[args.to]
    if getattr(module, "MATCHED_ONLY", False) and not args.roster:
        raise ExportError(f"{args.to} files are matched by e-mail address or id: give --roster FILE")
    folder = args.out if args.out.is_dir() else args.out.parent
    default = args.to if is_per_submission(module) else module.FILE_NAME
    target = args.output or folder / default
    written = write_export(module, people, args.assignment, target)
    shown = f"{len(written)} x {module.FILE_NAME} under {target}" if target not in written else str(target)
    print(f"wrote {shown}")
    if hasattr(module, "ADVICE"):
        print(module.ADVICE)
    if args.to == "gradescope" and not target.suffix:
        _write_autograder(target, args.wheels, args.seed)
    if args.roster:
        _say_unmatched(args, people, target, known["csv"])
    return 0


def _matched(args: argparse.Namespace, results: Sequence[SubmissionResult]) -> list[Entry]:
    from grader.results.formats.matching import match
    from grader.results.formats.roster import read_roster, twice

    students = read_roster(args.roster)
    doubtful = twice(args.roster, students)
    for line in filter(None, doubtful.values()):
        print(f"misstep export: {line}", file=sys.stderr)
    return match(results, students, args.prefix, doubtful)


def _say_unmatched(args: argparse.Namespace, people: Sequence[Entry], target: Path, csv_format: ModuleType) -> None:
    """One line for all, and one for each where that is asked for."""
    from grader.results.formats.files import write_unmatched
    from grader.results.formats.matching import report, summarised

    file = write_unmatched(target, people, csv_format)
    if file:
        print(f"misstep export: {summarised(people)}; who: {file}, or -v", file=sys.stderr)
    for line in report(people) if args.verbose else ():
        print(f"misstep export:   {line}", file=sys.stderr)


def _write_autograder(target: Path, wheels: Path | None, seed: int | None) -> None:
    """The zip that Gradescope runs, beside the results; only a checkout of the kit can make it."""
    from grader.course.points import FILE
    from grader.frontends.release.gradescope import autograder
    from grader.frontends.release.wheel import ReleaseError
    from grader.results.atomic import write_whole

    homes = (folder / FILE for folder in target.resolve().parents)
    points = next((file for file in homes if file.is_file()), None)
    try:
        content = autograder(sorted(wheels.glob("*.whl")) if wheels else (), points, seed)
    except ReleaseError as problem:
        print(f"misstep export: no autograder.zip: {problem}", file=sys.stderr)
        return
    write_whole(target / "autograder.zip", content)
    print(f"wrote {target / 'autograder.zip'}")
