"""Draft a documented mistake from a group of undocumented wrong answers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep draft-mistake OUT GROUP --batch BATCH`."""
    parser.add_argument("out", metavar="OUT", type=Path, help="what `misstep grade --out OUT` has written")
    parser.add_argument("group", metavar="GROUP", type=int, help="its number in `misstep slips OUT`")
    parser.add_argument("--batch", metavar="BATCH", type=Path, required=True, help="the submissions that were graded")
    parser.add_argument("--to", metavar="DIR", type=Path, help="where to write (default: draft-ID here)")


def run(args: argparse.Namespace) -> int:
    """Write the skeleton; 2 where the group is not there or DIR is."""
    from grader.frontends.draft import DraftError, draft
    from grader.results.store import StoreError

    try:
        written = draft(args.out, args.group, args.batch, args.to)
    except (DraftError, StoreError, OSError) as error:
        print(f"misstep draft-mistake: {error}", file=sys.stderr)
        return 2
    for path in written:
        print(f"wrote {path}")
    print('Fill in what stands in capitals, then follow CONTRIBUTING.md, "I want to add a documented mistake".')
    return 0
