"""A milestone in the terminal: whose functions play, what the model comes to, and where it had to stop."""

from __future__ import annotations

import importlib
import textwrap
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from grader.frontends.milestones.failing import advice
from grader.frontends.milestones.outcome import Outcome, Probe
from grader.frontends.milestones.roster import Roster
from grader.frontends.milestones.team import Stopped, Team
from grader.results.escape import one_line

WIDTH = 80


def milestone(number: int, train: bool = False) -> ModuleType:
    """The module that plays the milestone of a stage: its TITLE, what is NEEDED, `play`, and perhaps `measure`."""
    return importlib.import_module(f"grader.frontends.milestones.{'training' if train else f'stage{number}'}")


def run(number: int, theirs: Roster, seconds: float, train: bool = False, whole: bool = True) -> Outcome:
    """Run a milestone with a student's functions, and print all of it. What it came to, where it stopped too.

    What is not `whole` is measured, and nothing is written or drawn beyond that.
    """
    play, outcome, team = milestone(number, train), Outcome(), None
    try:
        team = Team(play.NEEDED, theirs, time.monotonic() + seconds)
        outcome.yours = (team.size - len(team.missing), team.size)
        if _begin(play, team, number):
            (play.play if whole else getattr(play, "measure", play.play))(team, outcome)
            outcome.finished = True
    except Stopped as stopped:
        outcome.stopped = stopped.exercise.name
        if team is None:
            print(f"Milestone {number}: {play.TITLE}.")
        _tell_stop(stopped, team, seconds)
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


def tell(probe: Probe, team: Team) -> Probe:
    """Print what a probe came to, and give it back."""
    text = f"{probe.text}."
    if not probe.fine and probe.look_at and team.failing is not None:
        text += f" {advice(team.failing, probe.look_at)}"
    print(wrapped(text, f"  {'✓' if probe.fine else '≠'} {probe.name:<10} "), flush=True)
    return probe


def wrapped(text: str, mark: str) -> str:
    """`text` in lines of the terminal's width, the first of them behind a mark."""
    return textwrap.fill(text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)


def written(begun: str, words: Iterable[str]) -> list[str]:
    """Print a line, and then words behind it as they come, in lines of the terminal's width; and give them back."""
    print(begun, end="", flush=True)
    all_of_them, column = [], len(begun)
    for word in words:
        all_of_them.append(word)
        column += 1 + len(word)
        if column > WIDTH:
            print("\n ", end="")
            column = 2 + len(word)
        print(f" {word}", end="", flush=True)
    print(flush=True)
    return all_of_them


def _tell_stop(stopped: Stopped, team: Team | None, seconds: float) -> None:
    """Where and why the milestone cannot go on, and what to look at: where that function is right, at others."""
    exercise, fault = stopped.exercise, stopped.fault
    late = fault.status == "timeout"
    why = f"did not come to an end within {seconds:g} s" if late else one_line(str(fault), 300)
    at = f" ({Path(stopped.where.file).name}:{stopped.where.line})" if stopped.where else ""
    whose = ", taken from the kit" if team and exercise.name in team.missing else ""
    print(wrapped(f"{exercise.name}{at}{whose}: {why}", "  ! "))
    others = (team.failing or ()) if team and not late else ()
    if others and all(verdict.exercise != exercise.name for verdict in others):
        print(wrapped(f"The milestone stops here. {advice(others)}", "    "))
        return
    print(f"    The milestone stops here. Next: pytest exercises/stage{exercise.stage} -k {exercise.name}")
