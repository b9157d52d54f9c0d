"""A milestone in the terminal: whose functions play, what the model comes to, and where it had to stop."""

from __future__ import annotations

import importlib
import sys
import textwrap
import time
from pathlib import Path
from types import ModuleType

from grader.frontends.milestones.outcome import Outcome, Probe
from grader.frontends.milestones.team import Stopped, Team
from grader.grading.intake import read_submission
from grader.results.escape import one_line

WIDTH = 80


def run_milestone(number: int, folder: Path, seconds: float, train: bool = False, out: Path | None = None) -> int:
    """Run the milestone of a stage over the stages in `folder`; the exit status.

    With `train`, the model is trained first; `out` is a file for the pictures, and for what is told if it is a page.
    """
    play = importlib.import_module(f"grader.frontends.milestones.{'training' if train else f'stage{number}'}")
    sources = read_submission(folder).sources
    needed = sorted({one.stage for one in play.NEEDED})
    if not sources.keys() & set(needed):
        names = " or ".join(map(str, needed))
        print(f"misstep milestone: no files of stage {names} in {folder}", file=sys.stderr)
        return 2
    try:
        return _run(play, Team(play.NEEDED, sources, time.monotonic() + seconds), number)
    except Stopped as stopped:
        _tell_stop(stopped, seconds)
        return 1


def _run(play: ModuleType, team: Team, number: int) -> int:
    print(f"Milestone {number}: {play.TITLE}.  Yours: {team.size - len(team.missing)} of {team.size} functions.")
    for note in team.notes:
        print(wrapped(f"{note}.", "  · "))
    if team.lacking:
        print(wrapped(f"Not filled in yet: {', '.join(team.lacking)}. The milestone needs all of them.", "  "))
        return 1
    if team.missing:
        print(wrapped(f"Taken from the kit: {', '.join(team.missing)}.", "  "))
    outcome = Outcome()
    play.play(team, outcome)
    return 0 if outcome.fine else 1


def tell(probe: Probe) -> Probe:
    """Print what a probe came to, and give it back."""
    text = f"{probe.text}."
    if not probe.fine and probe.look_at:
        text += f" Look at the checks of {', '.join(probe.look_at)}."
    print(wrapped(text, f"  {'✓' if probe.fine else '≠'} {probe.name:<10} "), flush=True)
    return probe


def wrapped(text: str, mark: str) -> str:
    """`text` in lines of the terminal's width, the first of them behind a mark."""
    return textwrap.fill(text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)


def _tell_stop(stopped: Stopped, seconds: float) -> None:
    """Where and why the milestone cannot go on."""
    exercise, fault = stopped.exercise, stopped.fault
    why = f"did not come to an end within {seconds:g} s" if fault.status == "timeout" else one_line(str(fault), 300)
    at = f" ({Path(stopped.where.file).name}:{stopped.where.line})" if stopped.where else ""
    print(wrapped(f"{exercise.name}{at}: {why}", "  ! "))
    print(f"    The milestone stops here. Next: pytest exercises/stage{exercise.stage} -k {exercise.name}")
