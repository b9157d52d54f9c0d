"""List the exercises, and how far each of them is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep list [STAGE]`."""
    parser.add_argument("stage", metavar="STAGE", nargs="?", help="a stage such as stage5 or 5; without one, all")


def run(args: argparse.Namespace) -> int:
    """Judge all of them, a line each; 2 where there are none."""
    from grader.frontends.watch.folders import all_exercises, chosen_stages, course_root
    from grader.frontends.watch.judge import judged
    from grader.frontends.watch.memory import remembered
    from grader.frontends.watch.screen import list_line
    from grader.results.board import bar
    from grader.results.verdict import Verdict

    stages = chosen_stages(Path.cwd(), args.stage)
    if isinstance(stages, str):
        print(f"misstep list: {stages}", file=sys.stderr)
        return 2
    memory, verdicts, number = remembered(course_root(stages)), list[Verdict](), 0
    for answer in judged(stages, all_exercises(stages)):
        if answer.problem:
            print(f"misstep list: {answer.problem}", file=sys.stderr)
            return 2
        if answer.exercise.stage != number:
            number = answer.exercise.stage
            print(f"stage {number}")
        print(list_line(answer.exercise, answer.verdicts), flush=True)
        memory.note(answer.exercise, answer.verdicts)
        verdicts += answer.verdicts
    memory.save()
    print(bar(verdicts).text)
    return 0
