"""A milestone in the terminal: whose functions play, what the model comes to, and where it had to stop."""

from __future__ import annotations

import importlib
import textwrap
import time
from pathlib import Path
from types import ModuleType

from grader.frontends.milestones.outcome import Outcome, Probe
from grader.frontends.milestones.team import Roster, Stopped, Team
from grader.results.escape import one_line

WIDTH = 80


def milestone(number: int, train: bool = False) -> ModuleType:
    """The module that plays the milestone of a stage: its TITLE, what is NEEDED, and `play`."""
    return importlib.import_module(f"grader.frontends.milestones.{'training' if train else f'stage{number}'}")


def run(number: int, theirs: Roster, seconds: float, train: bool = False) -> Outcome:
    """Run a milestone with a student's functions, and print all of it. What it came to, where it stopped too."""
    play, outcome = milestone(number, train), Outcome()
    try:
        team = Team(play.NEEDED, theirs, time.monotonic() + seconds)
        outcome.yours = (team.size - len(team.missing), team.size)
        if _begin(play, team, number):
            play.play(team, outcome)
            outcome.finished = True
    except Stopped as stopped:
        outcome.stopped = stopped.exercise.name
        _tell_stop(stopped, seconds)
    return outcome


def _begin(play: ModuleType, team: Team, number: int) -> bool:
    """Whether it can begin: print whose functions play."""
    print(f"Milestone {number}: {play.TITLE}.  Yours: {team.size - len(team.missing)} of {team.size} functions.")
    for note in team.notes:
        print(wrapped(f"{note}.", "  · "))
    if team.lacking:
        print(wrapped(f"Not filled in yet: {', '.join(team.lacking)}. The milestone needs all of them.", "  "))
        return False
    if team.missing:
        print(wrapped(f"Taken from the kit: {', '.join(team.missing)}.", "  "))
    return True


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
