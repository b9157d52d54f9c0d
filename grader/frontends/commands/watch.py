"""Run the checks again whenever a file is saved, one exercise at a time."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep watch [STAGE]`."""
    from grader.frontends.commands._arguments import add_timeout

    parser.add_argument("stage", metavar="STAGE", nargs="?", help="a stage such as stage5 or 5; without one, all")
    add_timeout(parser, 10.0, "time limit of an exercise (default: %(default)g)")


def run(args: argparse.Namespace) -> int:
    """Watch until q or Ctrl-C; 2 where that cannot be."""
    from grader.frontends.watch.folders import all_exercises, chosen_stages, course_root, student_stages
    from grader.frontends.watch.memory import remembered

    stages = chosen_stages(Path.cwd(), args.stage)
    if isinstance(stages, str):
        return _refused(stages)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _refused("this is no terminal; `misstep list` and pytest need none")
    try:
        import watchfiles  # noqa: F401
    except ImportError:
        return _refused("run `pip install misstep[watch]` first, or `pip install watchfiles rich`")
    from grader.frontends.watch.loop import Loop
    from grader.frontends.watch.state import State

    resolved = {number: folder.resolve() for number, folder in stages.items()}
    with contextlib.suppress(KeyboardInterrupt):
        every = student_stages(next(iter(stages.values())))
        Loop(State(all_exercises(stages), resolved, remembered(course_root(stages)), every), args.timeout).run()
    print()
    return 0


def _refused(text: str) -> int:
    print(f"misstep watch: {text}", file=sys.stderr)
    return 2
