"""A milestone over the stages in a folder, as `misstep milestone` runs it."""

from __future__ import annotations

import sys
from pathlib import Path

from grader.frontends.milestones.page import Copied, write
from grader.frontends.milestones.team import Files
from grader.frontends.milestones.terminal import milestone, run
from grader.grading.intake import read_submission


def run_milestone(number: int, folder: Path, seconds: float, train: bool = False, out: Path | None = None) -> int:
    """Run the milestone of a stage; the exit status.

    With `train`, the model is trained first. `out` is a file for the pictures, and for what is told if it is a page.
    """
    sources = read_submission(folder).sources
    needed = sorted({one.stage for one in milestone(number, train).NEEDED})
    if not sources.keys() & set(needed):
        names = " or ".join(map(str, needed))
        print(f"misstep milestone: no files of stage {names} in {folder}", file=sys.stderr)
        return 2
    with Copied() as copied:
        outcome = run(number, Files(sources), seconds, train)
    if out is not None:
        try:
            write(out, outcome, copied.text)
        except OSError as error:
            print(f"misstep milestone: {out} cannot be written ({error.strerror})", file=sys.stderr)
            return 2
    return 0 if outcome.fine else 1
