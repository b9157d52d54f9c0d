"""A milestone over the stages in a folder, as `misstep milestone` runs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.course.points import find_points
from grader.frontends.milestones.failing import settings_of
from grader.frontends.milestones.page import Copied, write
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.terminal import milestone, run
from grader.frontends.milestones.walled import Walled
from grader.grading.examine import Settings
from grader.grading.intake import Submission, read_submission
from grader.isolation.sandbox import Sandbox


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
    with Copied() as copied, opened(submission, sandbox, seconds, settings) as files:
        outcome = run(number, files, seconds, train)
    if out is not None:
        try:
            write(out, outcome, copied.text)
        except OSError as error:
            print(f"misstep milestone: {out} cannot be written ({error.strerror})", file=sys.stderr)
            return 2
    return 0 if outcome.fine else 1


@contextmanager
def opened(
    submission: Submission, sandbox: Sandbox | None, seconds: float, settings: Settings | None = None
) -> Iterator[Files]:
    """A submission's functions: in the sandbox, or where there is none in this process; checked with `settings`."""
    if sandbox is None:
        yield Files(submission.sources, settings.points.allow if settings else (), settings)
    else:
        with Walled(submission, sandbox, seconds, settings) as walled:
            yield walled
