"""What nobody documented: a class's wrong answers, grouped by what is wrong with them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

MOST_NAMES = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep slips OUT`."""
    parser.add_argument("out", metavar="OUT", type=Path, help="what `misstep grade --out OUT` has written")
    parser.add_argument("--all", action="store_true", help="also those that only one submission shows")


def run(args: argparse.Namespace) -> int:
    """Print the groups by number, the largest first; 2 where there are no results to read."""
    from grader.results.escape import logged, one_line
    from grader.results.slips import slips
    from grader.results.store import StoreError, read_details

    try:
        found = slips(read_details(args.out))
    except StoreError as error:
        print(f"misstep slips: {error}", file=sys.stderr)
        return 2
    shown = [(n, slip) for n, slip in enumerate(found, 1) if args.all or slip.size > 1]
    for number, slip in shown:
        names = ", ".join(logged(name) for name in slip.students[:MOST_NAMES])
        more = f" and {slip.size - MOST_NAMES} more" if slip.size > MOST_NAMES else ""
        print(f"{number}. {slip.exercise} (stage {slip.stage}): {slip.size} × — {names}{more}")
        print(f"   {one_line(slip.sample.message, 300)}")
        if slip.sample.fix:
            print(f"   In line {slip.sample.line}: {one_line(slip.sample.fix, 200)}")
    left = len(found) - len(shown)
    if left:
        print(f"{left} more, each of one submission: --all shows them")
    if shown:
        print(f"The next to document? misstep draft-mistake {args.out} {shown[0][0]} --batch BATCH")
    elif not left:
        print("No wrong result is without a documented mistake that explains it.")
    return 0
