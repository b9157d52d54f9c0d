"""Let your own functions work together: a language model learns (3), attention looks (5), a GPT writes (6).

No points hang on it. A function that is not filled in is taken from the kit where the kit is at hand with its
solutions; a course's own edition holds none, so there the milestone waits until all functions are filled in.
Your own functions in `exercises` run in this process; those of a folder that you name run behind the wall.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Collection
from contextlib import nullcontext
from pathlib import Path

from grader.course.milestones import NUMBERS
from grader.frontends.commands._arguments import at_least_one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep milestone [3|5|6] [FOLDER]`."""
    parser.add_argument("what", nargs="*", metavar="3|5|6 FOLDER", help="the stage (default: 6), and where stages lie")
    parser.add_argument("--train", action="store_true", help="6: train the model by your functions, 400 steps")
    parser.add_argument("--out", type=_file, metavar="FILE", help="keep it as a page (.html), or its pictures (.svg)")
    parser.add_argument("--seconds", type=_seconds, default=60.0, metavar="S", help="time for all of it (default: 60)")
    parser.add_argument("--isolation", choices=("full", "none"), help="default: full for a folder that is named")
    parser.add_argument(
        "--results", type=Path, metavar="OUT", help="FOLDER is a batch or one of its submissions: keep what is reached"
    )
    parser.add_argument(
        "--jobs",
        type=at_least_one,
        default=os.cpu_count() or 1,
        help="of a batch, so many at a time (default: %(default)s)",
    )


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
    from grader.course.points import find_points
    from grader.frontends.milestones.folder import run_milestone
    from grader.isolation.errors import WallError
    from grader.isolation.sandbox import open_sandbox

    number, named = _read(args.what)
    here = Path("exercises")
    folder = named or (here if here.is_dir() else Path())
    isolation = args.isolation or ("full" if named or args.results else "none")
    if problem := _problem(args, number, folder, isolation):
        print(f"misstep milestone: {problem}", file=sys.stderr)
        return 2
    allow = find_points(folder).allow
    try:
        if args.results:
            return _run_class(args, number, folder, isolation, allow)
        with nullcontext() if isolation == "none" else open_sandbox(isolation, allow=allow) as sandbox:
            return run_milestone(number or 6, folder, args.seconds, args.train, args.out, sandbox)
    except WallError as error:
        print(f"misstep milestone: {error}; for code that you trust, --isolation none", file=sys.stderr)
        return 2


def _run_class(
    args: argparse.Namespace, number: int | None, folder: Path, isolation: str, allow: Collection[str]
) -> int:
    from grader.frontends.milestones.whole_class import Terms, run_class
    from grader.grading.find import BatchError, Task, find_submissions
    from grader.results.records import ResultsError

    try:
        tasks = find_submissions(folder, args.results)
    except BatchError:
        tasks = [Task(folder.resolve().name, folder)]
    terms = Terms([number] if number else [], isolation, allow, args.seconds)
    try:
        return run_class(tasks, args.results, terms, args.jobs)
    except (OSError, ResultsError) as error:
        print(f"misstep milestone: {error}", file=sys.stderr)
        return 2


def _read(what: list[str]) -> tuple[int | None, Path | None]:
    """The stage and the folder, where they are given."""
    spelt = {name: number for number in NUMBERS for name in (str(number), f"stage{number}")}
    number = next((spelt[word] for word in what[:1] if word in spelt), None)
    rest = what[1:] if number else what
    return number, Path(rest[0]) if len(rest) == 1 else Path(" ".join(rest)) if rest else None


def _problem(args: argparse.Namespace, number: int | None, folder: Path, isolation: str) -> str:
    if not folder.is_dir():
        there = ", ".join(map(str, NUMBERS))
        return f"{folder} is neither a milestone ({there}) nor a folder; give the one that your stages lie in"
    if args.train and number not in (None, 6):
        return "--train is for milestone 6"
    if args.train and isolation != "none":
        return "--train takes gradients in this process; for code that you trust, --isolation none"
    if args.results and (args.train or args.out):
        return "--results goes with neither --train nor --out"
    return ""
