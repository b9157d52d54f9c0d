"""Give a hint for a documented mistake, one step at a time."""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep hint [ID] [--step N]`."""
    from grader.frontends.commands._arguments import at_least_one

    parser.add_argument("id", metavar="ID", nargs="?", help="a mistake such as 5.9; without it, those that you met")
    parser.add_argument("--step", metavar="N", type=at_least_one, help="this step again; without it, the next one")


def run(args: argparse.Namespace) -> int:
    """Print one step and remember it; 2 where there is no such mistake or step."""
    from grader.course.catalogue import find_page
    from grader.course.hints import hints
    from grader.frontends.watch.folders import course_root, student_stages
    from grader.frontends.watch.memory import remembered

    if args.id is None:
        return _met()
    page = find_page(args.id)
    steps = hints(args.id) if page else ()
    if page is None or not steps:
        print(f"misstep hint: there is no mistake {args.id!r}; `misstep explain` lists them", file=sys.stderr)
        return 2
    stages = student_stages(Path.cwd())
    memory = remembered(course_root(stages)) if stages else None
    step = args.step or min((memory.hints.get(args.id, 0) if memory else 0) + 1, len(steps))
    if step > len(steps):
        print(f"misstep hint: {args.id} has {len(steps)} steps", file=sys.stderr)
        return 2
    if memory:
        memory.hints[args.id] = max(step, memory.hints.get(args.id, 0))
        memory.save()
    print(f"{page.id}  {page.title} · hint {step} of {len(steps)}\n")
    print(textwrap.fill(steps[step - 1], 80, initial_indent="  ", subsequent_indent="  "))
    more = f"misstep hint {args.id}" if memory else f"misstep hint {args.id} --step {step + 1}"
    print(f"\nthe next step: {more}" if step < len(steps) else f"\nthe page: misstep explain {args.id}")
    return 0


def _met() -> int:
    """Print the mistakes that were met here and of which there are hints; 2 where there are none."""
    from grader.course.catalogue import stages as all_stages
    from grader.frontends.watch.folders import course_root, student_stages
    from grader.frontends.watch.memory import met_in

    stages = student_stages(Path.cwd())
    met = met_in(course_root(stages)) if stages else set()
    pages = [page for stage in all_stages() for page in stage.pages.values() if page.id in met]
    if not pages:
        print("misstep hint: of which mistake? Give its id, such as: misstep hint 5.9", file=sys.stderr)
        return 2
    for page in pages:
        print(f"misstep hint {page.id:<5}  {page.title}")
    return 0
