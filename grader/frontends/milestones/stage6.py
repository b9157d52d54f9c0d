"""`misstep milestone 6` in the terminal: a GPT writes, and its probes."""

from __future__ import annotations

import sys
import textwrap
import time
from pathlib import Path

from grader.frontends.milestones.gpt import NEEDED, Gpt
from grader.frontends.milestones.probes import Probe, probes
from grader.frontends.milestones.team import Stopped, Team
from grader.frontends.milestones.writing import LONG, PROMPTS, seconds_of_a_token, write
from grader.grading.intake import read_submission
from grader.results.escape import one_line

WIDTH = 80


def run_milestone(folder: Path, seconds: float) -> int:
    """Run it over the stages in `folder`; the exit status."""
    sources = read_submission(folder).sources
    if not sources.keys() & {one.stage for one in NEEDED}:
        print(f"misstep milestone: no files of stage 5 or 6 in {folder}", file=sys.stderr)
        return 2
    try:
        return _run(Team(NEEDED, sources, time.monotonic() + seconds), seconds)
    except Stopped as stopped:
        _tell_stop(stopped, seconds)
        return 1


def _run(team: Team, seconds: float) -> int:
    print(f"Milestone 6: a GPT of two layers writes.  Yours: {team.size - len(team.missing)} of {team.size} functions.")
    for note in team.notes:
        print(_wrapped(f"{note}.", "  · "))
    if team.lacking:
        print(_wrapped(f"Not filled in yet: {', '.join(team.lacking)}. The milestone needs all of them.", "  "))
        return 1
    if team.missing:
        print(_wrapped(f"Taken from the kit: {', '.join(team.missing)}.", "  "))
    model = Gpt(team)
    found = []
    for probe in probes(model):
        found.append(probe)
        print(_told(probe), flush=True)
    _write(model)
    _time(model)
    return 0 if all(probe.fine for probe in found) else 1


def _told(probe: Probe) -> str:
    text = f"{probe.text}."
    if not probe.fine:
        text += f" Look at the checks of {', '.join(probe.look_at)}."
    return _wrapped(text, f"  {'✓' if probe.fine else '≠'} {probe.name:<10} ")


def _write(model: Gpt) -> None:
    for prompt in PROMPTS:
        print(f"\n  {prompt} …", end="", flush=True)
        words = []
        for word in write(model, prompt, cached=False):
            words.append(word)
            print(f" {word}", end="", flush=True)
        again = list(write(model, prompt, cached=True))
        same = "the same words" if again == words else f"other words: {' '.join(again)}"
        print(f"\n  with the cache: {same}", flush=True)


def _time(model: Gpt) -> None:
    anew, cached = seconds_of_a_token(model)
    times = f"{1000 * anew:.1f} ms computed anew, {1000 * cached:.1f} ms with the cache"
    print()
    print(_wrapped(f"One more token after {LONG}: {times}, {anew / cached:.1f} times as fast.", "  "))


def _tell_stop(stopped: Stopped, seconds: float) -> None:
    """Where and why the milestone cannot go on."""
    exercise, fault = stopped.exercise, stopped.fault
    why = f"did not come to an end within {seconds:g} s" if fault.status == "timeout" else one_line(str(fault), 300)
    sys.stdout.flush()
    at = f" ({Path(stopped.where.file).name}:{stopped.where.line})" if stopped.where else ""
    print(_wrapped(f"{exercise.name}{at}: {why}", "  ! "))
    print(f"    The milestone stops here. Next: pytest exercises/stage{exercise.stage} -k {exercise.name}")


def _wrapped(text: str, mark: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)
