"""Grade the checkout in a GitHub workflow: outputs, summary and annotations."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.frontends.github.checkout import Checkout


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep github [PATH]`."""
    from grader.frontends.github import checkout

    checkout.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """0 when there is a verdict, whatever the score: the reporter fails the job. 2 when there is none."""
    from grader.course.points import PointsError
    from grader.frontends.github.checkout import grade_checkout
    from grader.frontends.github.commands import command
    from grader.grading.find import BatchError
    from grader.grading.reference import NoReference
    from grader.isolation.errors import WallError

    try:
        return _report(grade_checkout(args))
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
