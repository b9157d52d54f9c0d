"""Put the stub of an exercise back; what was there is kept beside it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep reset EXERCISE`."""
    parser.add_argument("exercise", metavar="EXERCISE", help="the function, such as split_heads")


def run(args: argparse.Namespace) -> int:
    """Write the file anew; 2 where there is no such exercise, no folder of it, or no stub to be had."""
    from grader.frontends.watch.folders import all_exercises, shown_path, student_stages
    from grader.frontends.watch.stubs import NoStub, reset

    stages = student_stages(Path.cwd())
    if not stages:
        return _refused("there are no exercises here; go to the folder that holds `exercises`")
    name, _, number = reversed(args.exercise.rpartition("/"))
    found = [e for e in all_exercises(stages) if e.name == name and number in ("", f"stage{e.stage}")]
    if not found:
        names = ", ".join(exercise.name for exercise in all_exercises(stages))
        return _refused(f"there is no exercise {args.exercise!r}; there are {names}")
    if len(found) > 1:
        return _refused(f"{name} is in several stages; say which, such as stage{found[0].stage}/{name}")
    path = stages[found[0].stage] / f"{found[0].stem}.py"
    try:
        kept = reset(found[0], path)
    except (NoStub, OSError) as error:
        return _refused(str(error))
    before = f"; what was there is in {shown_path(kept)}" if kept else ""
    print(f"{name} in {shown_path(path)} is the stub again{before}")
    return 0


def _refused(text: str) -> int:
    print(f"misstep reset: {text}", file=sys.stderr)
    return 2
