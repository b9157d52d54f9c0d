"""Grade the checkout as a Classroom 50 autograder: result.json and release-body.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from grader.frontends.commands._arguments import seed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep classroom50 [PATH]`, or `misstep classroom50 --bundle DIR` once."""
    from grader.frontends.github import checkout

    checkout.add_arguments(parser)
    parser.add_argument(
        "--bundle", metavar="DIR", type=Path, help="write autograder.py and the wheel it needs, grade nothing"
    )
    parser.add_argument("--seed", type=seed, help="with --bundle: the course's secret seed; its answers go along")


def run(args: argparse.Namespace) -> int:
    """0 when grading ran, whatever the score; 2 tells the runner that it did not."""
    from grader.course.points import PointsError
    from grader.frontends.github.classroom50 import EnvironmentIncomplete
    from grader.frontends.release.wheel import ReleaseError
    from grader.grading.find import BatchError
    from grader.grading.reference import NoReference
    from grader.isolation.errors import WallError

    try:
        return _bundle(args) if args.bundle else _grade(args)
    except (
        BatchError, EnvironmentIncomplete, NoReference, PointsError, ReleaseError, WallError, OSError,
    ) as problem:  # fmt: skip
        print(f"misstep classroom50: {problem}", file=sys.stderr)
        return 2


def _grade(args: argparse.Namespace) -> int:
    from grader.frontends.github.checkout import grade_checkout
    from grader.frontends.github.classroom50 import BODY, RESULT, body, document, require
    from grader.frontends.github.commands import silenced
    from grader.frontends.github.summary import page_url
    from grader.results.atomic import write_whole
    from grader.results.formats.words import explained

    require(os.environ)
    checkout = grade_checkout(args)
    result = checkout.result
    print("\n".join(silenced(explained(result))))
    write_whole(args.path / BODY, body(result, page_url(os.environ), checkout.titles))
    write_whole(args.path / RESULT, json.dumps(document(result, os.environ), indent=2) + "\n")
    return 0


def _bundle(args: argparse.Namespace) -> int:
    from grader.course.points import read_points
    from grader.frontends.release.bundle import bundle
    from grader.results.atomic import write_whole

    points = args.points.read_bytes() if args.points and read_points(args.points) else None
    for name, content in bundle(args.stage, points, args.seed).items():
        write_whole(args.bundle / name, content)
        print(f"wrote {args.bundle / name}")
    return 0
