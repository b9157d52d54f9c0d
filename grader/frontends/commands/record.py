"""Record the solutions' answers to the general checks, for the students' edition."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep record [--check]`."""
    parser.add_argument("--check", action="store_true", help="write nothing; fail if what is recorded is stale")


def run(args: argparse.Namespace) -> int:
    """Write a stage's answers where its suite is; 1 if `--check` finds a stale record."""
    from grader.grading.recording import is_stale, record
    from grader.grading.reference import NoReference

    try:
        if not args.check:
            paths = record()
            print("\n".join(f"wrote {path}" for path in paths) or "all records are up to date")
            return 0
        stale = is_stale()
    except NoReference as error:
        print(f"misstep record: {error}", file=sys.stderr)
        return 2
    for path in stale:
        print(f"{path} is stale: run `misstep record`", file=sys.stderr)
    return 1 if stale else 0
