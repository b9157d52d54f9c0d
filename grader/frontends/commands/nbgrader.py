"""Make or update a course of nbgrader notebooks, or grade one of its assignments.

misstep nbgrader COURSE                  make the course in this directory, or bring it up to date
misstep nbgrader autograde ASSIGNMENT    grade all submissions, in parallel, into nbgrader's gradebook
misstep nbgrader reweigh ASSIGNMENT      bring other points of misstep.toml into gradebook and notebooks; nothing is run
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from grader.frontends.commands._arguments import add_stages, at_least_one, seed
from grader.frontends.commands._cluster import add_cluster, on_cluster, open_cluster

if TYPE_CHECKING:
    from grader.frontends.notebooks.course import Made
    from grader.frontends.notebooks.on_cluster import Restored
    from grader.frontends.notebooks.worker import Spec

MAKE, AUTOGRADE, REWEIGH = "make", "autograde", "reweigh"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep nbgrader make COURSE` and `misstep nbgrader autograde ASSIGNMENT`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    make = actions.add_parser(MAKE, help="make a course, or bring it up to date; `make` may be left out")
    make.add_argument("home", metavar="COURSE", type=Path, help="the course's directory")
    add_stages(make, "only this stage", [])
    make.add_argument("--seed", type=seed, help="secret seed of the hidden tests (default: a random one, kept)")
    grade = actions.add_parser(AUTOGRADE, help="grade all submissions of an assignment, in parallel")
    grade.add_argument("assignment", metavar="ASSIGNMENT")
    grade.add_argument("--course", metavar="DIR", type=Path, default=Path(), help="default: the current directory")
    grade.add_argument("--jobs", type=at_least_one, default=os.cpu_count() or 1, help="default: %(default)s")
    grade.add_argument("--student", metavar="ID", action="append", default=[], help="grade only this student")
    grade.add_argument("--force", action="store_true", help="grade again what has not changed")
    add_cluster(grade)
    weigh = actions.add_parser(REWEIGH, help="bring other points of misstep.toml into what is graded; runs no code")
    weigh.add_argument("assignment", metavar="ASSIGNMENT")
    weigh.add_argument("--course", metavar="DIR", type=Path, default=Path(), help="default: the current directory")


def spelled_out(words: Sequence[str]) -> list[str]:
    """The command's words with the action in front: `COURSE` alone is to make or update that course."""
    action = next((word for word in words if word in (MAKE, AUTOGRADE, REWEIGH)), None)
    if action is None:
        asks_for_help = not words or words[0] in ("-h", "--help")
        return [*words] if asks_for_help else [MAKE, *words]
    place = words.index(action)
    return [action, *words[:place], *words[place + 1 :]]


def run(args: argparse.Namespace) -> int:
    """0 when all is done, 1 when conflicts or ungraded submissions are left, 2 when nothing could be begun."""
    from grader.course.points import PointsError
    from grader.frontends.notebooks.tools import find_tools
    from grader.frontends.release.wheel import ReleaseError
    from grader.grading.cluster.errors import ClusterError
    from grader.grading.reference import NoReference
    from grader.isolation.errors import WallError

    find_tools()
    try:
        return {MAKE: _make, AUTOGRADE: _autograde, REWEIGH: _reweigh}[args.action](args)
    except ImportError as error:
        print(f"misstep nbgrader: {error}; pip install 'misstep[nbgrader]'", file=sys.stderr)
        return 2
    except (ValueError, ClusterError, PointsError, NoReference, ReleaseError, WallError, OSError) as error:
        print(f"misstep nbgrader: {error}", file=sys.stderr)
        return 2


def _make(args: argparse.Namespace) -> int:
    from grader.frontends.notebooks.course import make_course

    made = make_course(args.home, args.stage, args.seed)
    _report(args.home, made)
    return 1 if made.conflicts else 0


def _report(home: Path, made: Made) -> None:
    from grader.frontends.release.update import BESIDE

    print(f"{home}: {len(made.files.written)} files written, {len(made.files.removed)} removed")
    for path in made.files.kept:
        print(f"  kept as you changed it: {path}")
    for path in made.files.conflicts:
        print(f"  conflict: {path} was changed here and in the kit; the kit's is {path}{BESIDE}")
    for path, done in made.notebooks.items():
        print(f"  {path}: {len(done.written)} cells written")
        for name in done.kept:
            print(f"    kept as you changed it: {name}")
        for name in done.conflicts:
            print(f"    conflict: {name} was changed here and in the kit; yours stays")
    if made.files.written and not made.conflicts:
        name = Path(next(iter(made.notebooks))).stem
        print(f"Next, in {home}: nbgrader generate_assignment {name}")


@contextmanager
def without_grammars() -> Iterator[None]:
    """Import Jupyter's packages in here to have them in half the time.

    jsonschema builds grammars for all kinds of URLs when it is loaded, for formats that notebooks do not use.
    """
    name = "rfc3987_syntax"
    absent = name not in sys.modules
    if absent:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if absent:
            del sys.modules[name]


def _reweigh(args: argparse.Namespace) -> int:
    """1 where somebody is to be graded first."""
    with without_grammars():
        from grader.frontends.notebooks.reweigh import reweigh

    from grader.results.escape import one_line

    done = reweigh(args.course, args.assignment)
    print(f"{done.changed} cells are worth something else; the grades of {len(done.students)} students follow")
    if done.ungraded:
        shown = ", ".join(one_line(student, 60) for student in done.ungraded[:5])
        more = f" and {len(done.ungraded) - 5} more" if len(done.ungraded) > 5 else ""
        print(f"Not graded as it is handed in: {shown}{more} (misstep nbgrader autograde {args.assignment})")
    print(f"Next: nbgrader generate_feedback {args.assignment} --force; misstep nbgrader . brings source/ up to date")
    return 1 if done.ungraded else 0


def _autograde(args: argparse.Namespace) -> int:
    with without_grammars():
        from grader.frontends.notebooks.autograde import autograde
        from grader.frontends.notebooks.on_cluster import NotebookJob, Restored
        from grader.frontends.notebooks.report import Report
        from grader.frontends.notebooks.worker import on_this_machine

    from grader.frontends.progress import Progress
    from grader.grading.cluster.errors import ClusterError

    def far_away(spec: Spec, count: int) -> Restored:
        return Restored(open_cluster(args, NotebookJob(spec), min(args.jobs, count), "misstep nbgrader"))

    report = Report()
    executor = far_away if on_cluster(args) else partial(on_this_machine, args.jobs)
    try:
        total, newer, events = autograde(args.course, args.assignment, executor, args.student, args.force)
        for line in newer:
            print(f"misstep nbgrader: {line}", file=sys.stderr)
        with Progress(total) as progress:
            for event in events:
                report.add(event)
                progress.step(event)
    except KeyboardInterrupt:
        report.stopped()
        return 130
    except ClusterError as error:
        report.stopped(str(error))
        return 2
    return report.close()
