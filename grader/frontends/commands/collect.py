"""Make a batch of what Canvas, Moodle, Gradescope, Brightspace or Blackboard lets you download."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep collect ZIP_OR_DIR… --from SYSTEM --out BATCH`."""
    from grader.course.docstrings import docstring
    from grader.frontends.collect import systems

    known = systems()
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    lines = (f"  {name:12} {docstring(module).partition(chr(10))[0]}" for name, module in known.items())
    parser.epilog = "systems:\n" + "\n".join(lines)
    parser.add_argument("sources", metavar="ZIP_OR_DIR", type=Path, nargs="+", help="a download, zipped or unpacked")
    parser.add_argument(
        "--from", dest="system", metavar="SYSTEM", required=True, choices=sorted(known), help="see below"
    )
    parser.add_argument("--out", metavar="BATCH", type=Path, required=True, help="the batch: a folder per student")


def run(args: argparse.Namespace) -> int:
    """0 when all was taken over, 1 when something was left out, 2 when there is no batch."""
    from grader.frontends.collect.archive import CollectError
    from grader.frontends.collect.gather import collect
    from grader.grading.handed_in import LIST

    try:
        done = collect(args.sources, args.system, args.out)
    except (CollectError, OSError) as problem:
        print(f"misstep collect: {problem}", file=sys.stderr)
        return 2
    count = len(done.handed)
    print(f"{args.out}: {count} submission{'' if count == 1 else 's'}, {done.late} late; who is who: {args.out / LIST}")
    if done.repeated:
        print(f"  {done.repeated} of several attempts: the newest was taken")
    for line in done.problems:
        print(f"misstep collect: {line}", file=sys.stderr)
    print(f"Next: misstep grade {args.out} --out RESULTS")
    return 1 if done.problems else 0
