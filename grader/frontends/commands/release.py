"""Make the repository that students start from, or bring one up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.frontends.commands._arguments import add_stages

if TYPE_CHECKING:
    from grader.frontends.release.update import Update


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep release DEST`."""
    parser.add_argument("dest", metavar="DEST", type=Path, help="directory of the students' repository")
    parser.add_argument(
        "--course", metavar="URL", help="address that links to pages begin with (default: as last time)"
    )
    add_stages(parser, "only this stage (default: as last time)", None)


def run(args: argparse.Namespace) -> int:
    """0 when DEST is up to date, 1 when conflicts are left to be settled, 2 when no release can be made."""
    from grader.course.points import FILE, PointsError, read_points
    from grader.frontends.release.edition import edition
    from grader.frontends.release.leaks import leaks
    from grader.frontends.release.update import remembered, update
    from grader.frontends.release.wheel import ReleaseError, checkout

    try:
        if checkout().is_relative_to(args.dest.resolve()):
            raise ReleaseError(f"{args.dest} holds the kit itself: give a directory of its own")
        options = {"course": "", "stages": [], **remembered(args.dest)}
        given = {"course": args.course, "stages": args.stage}
        options |= {name: value for name, value in given.items() if value is not None}
        table = args.dest / FILE
        points = table.read_bytes() if table.is_file() and read_points(table) else None
        release = edition(options["stages"], options["course"], points)
        found = leaks(release, checkout() / "solutions")
        if found:
            raise ReleaseError("nothing was written, for a solution would go out:\n  " + "\n  ".join(found))
        return _report(args.dest, update(args.dest, release, options))
    except (ReleaseError, PointsError, OSError) as problem:
        print(f"misstep release: {problem}", file=sys.stderr)
        return 2


def _report(dest: Path, done: Update) -> int:
    from grader.frontends.release.update import BESIDE

    print(f"{dest}: {len(done.written)} files written, {len(done.removed)} removed")
    for path in done.kept:
        print(f"  kept as you changed it: {path}")
    for path in done.conflicts:
        print(f"  conflict: {path} was changed here and in the kit; the kit's is {path}{BESIDE}")
    if done.written and not done.conflicts:
        print(_next_steps(dest))
    return 1 if done.conflicts else 0


def _next_steps(dest: Path) -> str:
    """What is left to do until students have it, in the order in which it is done."""
    began = (dest / ".git").exists()
    make = [f"git -C {dest} init", f"git -C {dest} add -A", f"git -C {dest} commit -m 'Exercises'"]
    push = [f"git -C {dest} remote add origin URL", f"git -C {dest} push -u origin HEAD"]
    commands = [*make[1:], f"git -C {dest} push"] if began else make + push
    lines = ["Next:", *(f"  {line}" for line in commands)]
    if not began:
        lines.append("  on GitHub: Settings, General, Template repository; then make the assignment of it")
    lines.append("  where a classroom can protect files: .github/, vendor/ and misstep.toml")
    return "\n".join(lines)
