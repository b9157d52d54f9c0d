"""Milestones over the stages in a folder, and over the submissions of a batch, as `misstep milestone` runs them."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.course.milestones import NUMBERS
from grader.course.points import find_points
from grader.frontends.milestones.failing import settings_of
from grader.frontends.milestones.outcome import Outcome
from grader.frontends.milestones.page import Copied, write
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.terminal import milestone, run
from grader.frontends.milestones.walled import Walled
from grader.grading.examine import Settings
from grader.grading.find import Task
from grader.grading.intake import Submission, read_submission
from grader.isolation.sandbox import Sandbox
from grader.results.escape import visible
from grader.results.milestones import Reached, keep_milestones


def run_milestone(
    number: int,
    folder: Path,
    seconds: float,
    train: bool = False,
    out: Path | None = None,
    sandbox: Sandbox | None = None,
) -> int:
    """Run the milestone of a stage; the exit status.

    With `train`, the model is trained first. `out` is a file for the pictures, and for what is told if it is a page.
    The functions run in the sandbox, or where there is none in this process.
    """
    submission, settings = read_submission(folder), settings_of(find_points(folder))
    needed = sorted({one.stage for one in milestone(number, train).NEEDED})
    if not submission.sources.keys() & set(needed):
        names = " or ".join(map(str, needed))
        print(f"misstep milestone: no files of stage {names} in {folder}", file=sys.stderr)
        return 2
    with Copied() as copied, _files(submission, sandbox, seconds, settings) as files:
        outcome = run(number, files, seconds, train)
    if out is not None:
        try:
            write(out, outcome, copied.text)
        except OSError as error:
            print(f"misstep milestone: {out} cannot be written ({error.strerror})", file=sys.stderr)
            return 2
    return 0 if outcome.fine else 1


def run_class(
    tasks: Sequence[Task], numbers: Sequence[int], results: Path, seconds: float, sandbox: Sandbox | None
) -> int:
    """Run milestones for every submission, keep what was reached beside the results, and tell it in a line each."""
    for task in tasks:
        submission = read_submission(task.path)
        reached = {}
        for number in (n for n in numbers or NUMBERS if n in submission.sources):
            with contextlib.redirect_stdout(io.StringIO()), _files(submission, sandbox, seconds) as files:
                reached[number] = _reached(run(number, files, seconds))
            print(f"{visible(task.name)}: milestone {number}: {_told(reached[number])}", flush=True)
        keep_milestones(results, task.name, reached)
    return 0


def _reached(outcome: Outcome) -> Reached:
    if outcome.reached is None or outcome.stopped:
        return Reached("", None, None, False, outcome.stopped)
    what, yours, reference = outcome.reached
    return Reached(what, float(yours), float(reference), outcome.fine)


def _told(reached: Reached) -> str:
    if reached.yours is None or reached.reference is None:
        return reached.text
    return f"{reached.what} {reached.yours:.3f}, the reference has {reached.reference:.3f}"


@contextmanager
def _files(
    submission: Submission, sandbox: Sandbox | None, seconds: float, settings: Settings | None = None
) -> Iterator[Files]:
    if sandbox is None:
        yield Files(submission.sources, settings.points.allow if settings else (), settings)
    else:
        with Walled(submission, sandbox, seconds, settings) as walled:
            yield walled
