"""Make a sample class of 24, grade it, and show what comes out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.frontends.commands import grade


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep demo [DIRECTORY]`."""
    default = Path("misstep-demo")
    parser.add_argument(
        "directory", metavar="DIRECTORY", type=Path, nargs="?", default=default, help=f"default: {default}"
    )


def run(args: argparse.Namespace) -> int:
    """The exit status of `misstep grade` on the class; 2 where there is none to be made."""
    from grader.course.pages import solutions_home
    from grader.frontends.commands._sample_class import DemoError, make_class
    from grader.isolation.errors import WallError
    from grader.isolation.sandbox import open_sandbox

    solutions = solutions_home()
    if solutions is None:
        print("misstep demo: the sample class is made from the solutions; run it in a clone", file=sys.stderr)
        return 2
    try:
        make_class(args.directory / "class", solutions)
    except (DemoError, OSError) as error:
        print(f"misstep demo: {error}", file=sys.stderr)
        return 2
    try:
        with open_sandbox("full"):
            isolation = "full"
    except WallError:
        # The sample class is our own code; the demo shows the rest where there is no wall.
        isolation = "none"
    out = args.directory / "results"
    status = grade.run(_options(args.directory / "class", out, isolation))
    if status == 0:
        _show_block(out)
        print(f"\nThe class is in {args.directory / 'class'}. Try: pytest {args.directory / 'class' / 'student-01'}")
    return status


def _options(batch: Path, out: Path, isolation: str) -> argparse.Namespace:
    """What `misstep grade` gets for this class."""
    parser = argparse.ArgumentParser()
    grade.add_arguments(parser)
    return parser.parse_args([str(batch), "--out", str(out), "--isolation", isolation])


def _show_block(out: Path) -> None:
    """One student's feedback for one mistake, as the student sees it."""
    from grader.results.feedback import as_text, blocks
    from grader.results.store import read_details

    for name, verdicts in read_details(out):
        named = [verdict for verdict in verdicts if verdict.status == "mistake"]
        if named:
            same = [v for v in verdicts if (v.stage, v.exercise) == (named[0].stage, named[0].exercise)]
            print(f"\nWhat {name} reads about {named[0].exercise}:\n\n{as_text(blocks(same)[:1])}")
            return
