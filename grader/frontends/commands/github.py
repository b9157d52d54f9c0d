"""Grade the checkout in a GitHub workflow: outputs, summary and annotations."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from grader.frontends.commands._arguments import percent

if TYPE_CHECKING:
    from grader.frontends.github.checkout import Checkout


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep github [PATH]`."""
    from grader.frontends.github import checkout

    checkout.add_arguments(parser)
    parser.add_argument(
        "--fail-under",
        type=percent,
        metavar="PERCENT",
        help="exit status 1 where less of the points was reached (default: never, the reporter fails the job)",
    )


def run(args: argparse.Namespace) -> int:
    """0 when there is a verdict, whatever the score, 2 when there is none; 1 only for `--fail-under`."""
    from grader.course.points import PointsError
    from grader.frontends.github.checkout import grade_checkout
    from grader.frontends.github.commands import command
    from grader.grading.find import BatchError
    from grader.grading.reference import NoReference
    from grader.isolation.errors import WallError

    try:
        checkout = grade_checkout(args)
        return _report(checkout) or _enough(checkout, args.fail_under)
    except (BatchError, NoReference, PointsError, WallError, OSError) as problem:
        print(command("error", {"title": "misstep: not graded"}, str(problem)))
        return 2


def _report(checkout: Checkout) -> int:
    from grader.frontends.github import reporter
    from grader.frontends.github.annotations import error_annotations
    from grader.frontends.github.commands import append, append_text, command, silenced
    from grader.frontends.github.summary import page_url, summary
    from grader.results.formats.words import explained

    result = checkout.result
    print("\n".join(silenced(explained(result))))
    for line in error_annotations(result.checks, checkout.find, checkout.titles):
        print(line)
    append_text("GITHUB_STEP_SUMMARY", summary(result, page_url(os.environ), checkout.titles))
    objects = reporter.runners(result.checks)
    if not objects:
        print(command("error", {"title": "misstep: not graded"}, "no check here is worth a point"))
        return 2
    outputs = {name: reporter.encoded(runner) for name, runner in objects.items()}
    single = {"result": next(iter(outputs.values()))} if len(outputs) == 1 else {}
    append("GITHUB_OUTPUT", {"runners": ",".join(outputs), **outputs, **single})
    append("GITHUB_ENV", reporter.environment(objects))
    sys.stdout.flush()
    return 0


def _enough(checkout: Checkout, share: float | None) -> int:
    from grader.frontends.github.commands import command
    from grader.results.formats.words import score_line

    result = checkout.result
    if share is None or result.score >= result.max_score * share / 100:
        return 0
    print(command("error", {"title": "misstep: not enough points"}, f"{score_line(result)}, less than {share:g} %"))
    return 1
