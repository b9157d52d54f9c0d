"""One submission that lies in a checkout, graded behind the wall as a batch would grade it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.catalogue import stage
from grader.course.points import bundled_points, read_points
from grader.frontends.commands._arguments import add_stages, add_timeout
from grader.frontends.github.annotations import Place
from grader.grading.examine import Settings
from grader.grading.grade import TIME_LIMIT, grade
from grader.grading.intake import Submission, read_submission
from grader.grading.plan import planned_stages
from grader.grading.reference import choose_reference, recorded_seed
from grader.isolation.sandbox import open_sandbox
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict
from grader.student.source import locate


@dataclass(frozen=True)
class Checkout:
    """A graded checkout: what was found in it, and the result."""

    submission: Submission
    result: SubmissionResult

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the documented mistakes by id."""
        numbers = {check.stage for check in self.result.checks}
        return {page.id: page.title for number in numbers for page in stage(number).pages.values()}

    def find(self, check: Verdict) -> Place | None:
        """The file and the line that a check is about, or else the function's; None in a notebook or without a file."""
        stems = {exercise.name: exercise.stem for exercise in stage(check.stage).exercises}
        source = self.submission.sources.get(check.stage, {}).get(stems.get(check.exercise, ""))
        if source is None or source.forgiving or source.problem:
            return None
        found = locate(source, check.exercise)
        return source.file, check.line or (found.line if found else 1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of every command that grades a checkout."""
    parser.add_argument("path", metavar="PATH", type=Path, nargs="?", default=Path(), help="default: here")
    add_stages(parser, "grade this stage", [])
    parser.add_argument(
        "--points",
        metavar="FILE",
        type=Path,
        help="default: what came with the bundle",
    )
    add_timeout(parser, TIME_LIMIT, "for all of the code (default: %(default)g)")
    parser.add_argument("--isolation", choices=("full", "none"), default="full", help="none: no wall at all")


def grade_checkout(args: argparse.Namespace) -> Checkout:
    """Raises WallError, PointsError, NoReference, BatchError or OSError: then there is no verdict."""
    if args.isolation == "none":
        print("misstep: WARNING: --isolation none: the student's code can do whatever this job can", file=sys.stderr)
    path = args.path.resolve()
    # The checkout is the student's: nothing in it decides what is asked, or what it is worth.
    points, seed = read_points(args.points) if args.points else bundled_points(), recorded_seed()
    settings = Settings(seed, points, choose_reference(seed))
    stages: Sequence[int] = planned_stages(args.stage)
    submission = read_submission(path)
    with open_sandbox(args.isolation, allow=points.allow) as sandbox:
        graded = grade(submission, sandbox, settings, stages=stages, time_limit=args.timeout)
    return Checkout(submission, graded.result)
