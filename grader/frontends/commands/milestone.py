"""Let your own functions work together: a language model learns (3), attention looks (5), a GPT writes (6).

No points hang on it. A function that is not filled in is taken from the kit where the kit is at hand with its
solutions; a course's own edition holds none, so there the milestone waits until all functions are filled in.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.course.milestones import NUMBERS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep milestone [3|5|6] [FOLDER]`."""
    parser.add_argument("stage", type=int, nargs="?", choices=NUMBERS, default=6, help="the stage (default: 6)")
    parser.add_argument("folder", type=Path, nargs="?", help="where your stages lie (default: exercises, or else here)")
    parser.add_argument("--train", action="store_true", help="6: train the model by your functions, 400 steps")
    parser.add_argument("--out", type=_file, metavar="FILE", help="keep it as a page (.html), or its pictures (.svg)")
    parser.add_argument("--seconds", type=_seconds, default=60.0, metavar="S", help="time for all of it (default: 60)")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text} is no time limit: give a number of seconds above 0")
    return seconds


def _file(text: str) -> Path:
    if Path(text).suffix not in (".html", ".svg"):
        raise argparse.ArgumentTypeError(f"{text} ends neither in .html nor in .svg")
    return Path(text)


def run(args: argparse.Namespace) -> int:
    """0 where all is as in the reference, 1 where something is off or missing, 2 where there is nothing to run."""
    from grader.frontends.milestones.folder import run_milestone

    here = Path("exercises")
    folder = args.folder or (here if here.is_dir() else Path())
    if not folder.is_dir():
        print(f"misstep milestone: {folder} is no folder; give the one that your stages lie in", file=sys.stderr)
        return 2
    if args.train and args.stage != 6:
        print("misstep milestone: --train is for milestone 6", file=sys.stderr)
        return 2
    return run_milestone(args.stage, folder, args.seconds, args.train, args.out)
