"""Say what comes next: the first exercise that is not done, what was seen of it, and its task."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep next [STAGE]`."""
    parser.add_argument("stage", metavar="STAGE", nargs="?", help="a stage such as stage5 or 5; without one, all")


def run(args: argparse.Namespace) -> int:
    """Judge them in order up to the first that does not pass; 2 where there are none."""
    from grader.frontends.watch.folders import all_exercises, chosen_stages, course_root, shown_path
    from grader.frontends.watch.judge import judged
    from grader.frontends.watch.memory import remembered
    from grader.frontends.watch.screen import exercise_lines

    stages = chosen_stages(Path.cwd(), args.stage)
    if isinstance(stages, str):
        print(f"misstep next: {stages}", file=sys.stderr)
        return 2
    memory = remembered(course_root(stages))
    for answer in judged(stages, all_exercises(stages)):
        if answer.problem:
            print(f"misstep next: {answer.problem}", file=sys.stderr)
            return 2
        memory.note(answer.exercise, answer.verdicts)
        memory.save()
        if not answer.passed:
            path = stages[answer.exercise.stage] / f"{answer.exercise.stem}.py"
            for line in exercise_lines(answer, path, 80):
                print(line.text)
            print(f"\nnext: {answer.exercise.name} · pytest {shown_path(path)}")
            return 0
    print("everything is done")
    return 0
