"""Grade a batch of submissions, each behind the wall."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.frontends.commands._arguments import add_stages, add_table, add_timeout, at_least_one, not_negative, seed
from grader.frontends.commands._cluster import add_cluster, on_cluster, open_cluster

if TYPE_CHECKING:
    from grader.grading.batch import Executor
    from grader.grading.find import Task
    from grader.grading.plan import Plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`misstep grade BATCH --out OUT`."""
    from grader.grading.examine import LINE_SECONDS
    from grader.grading.grade import TIME_LIMIT

    parser.add_argument("batch", metavar="BATCH", type=Path, help="a directory with one directory per student")
    parser.add_argument("--out", metavar="OUT", type=Path, required=True, help="where results are kept and written")
    parser.add_argument("--jobs", type=at_least_one, default=os.cpu_count() or 1, help="default: %(default)s")
    add_timeout(parser, TIME_LIMIT, "per submission (default: %(default)g)")
    parser.add_argument(
        "--line-seconds",
        type=not_negative,
        default=LINE_SECONDS,
        metavar="SECONDS",
        help="look so long for the line of an undocumented slip (default: %(default)g; 0: not at all)",
    )
    parser.add_argument("--memory", type=at_least_one, default=512, metavar="MB", help="default: %(default)s")
    parser.add_argument(
        "--grader-memory",
        type=at_least_one,
        default=512,
        metavar="MB",
        help="what a grading process may need for its checks, above its start (default: %(default)s)",
    )
    parser.add_argument("--only", metavar="NAME", action="append", help="grade this submission (may be repeated)")
    add_stages(parser, "grade everyone on it", [])
    parser.add_argument(
        "--seed", type=seed, help="seed of all inputs (default: a secret one, drawn for OUT and kept there)"
    )
    parser.add_argument("--points", metavar="FILE", type=Path, help="default: the misstep.toml of BATCH or above")
    parser.add_argument("--isolation", choices=("full", "none"), default="full", help="none: no wall at all")
    add_cluster(parser)
    parser.add_argument("--regrade", action="store_true", help="grade again what has not changed")
    add_table(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every submission got a verdict, 1 when one could not be graded, 2 when nothing could be begun."""
    from grader.course.points import PointsError
    from grader.grading.cluster.errors import ClusterError
    from grader.grading.find import BatchError, find_submissions
    from grader.grading.reference import NoReference
    from grader.isolation.errors import WallError
    from grader.results.store import StoreError

    try:
        on_cluster(args)
        tasks = _chosen(find_submissions(args.batch, args.out), args.only)
        plan = _plan(args)
        return _grade(args, tasks, plan)
    except (BatchError, ClusterError, PointsError, NoReference, StoreError, WallError, OSError) as error:
        print(f"misstep grade: {error}", file=sys.stderr)
        return 2


def _chosen(tasks: list[Task], only: list[str] | None) -> list[Task]:
    from grader.grading.find import BatchError

    if only is None:
        return tasks
    missing = sorted(set(only) - {task.name for task in tasks})
    if missing:
        raise BatchError(f"no submission is called {missing[0]!r}")
    return [task for task in tasks if task.name in only]


def _plan(args: argparse.Namespace) -> Plan:
    from grader.course.pages import solutions_home
    from grader.course.points import find_points, read_points
    from grader.grading.examine import Settings
    from grader.grading.plan import Plan, planned_stages
    from grader.grading.reference import choose_reference, recorded_seed
    from grader.isolation.limits import MEGABYTE, Limits
    from grader.results.seed import settled_seed

    # The students' edition has right answers to the questions of one seed only.
    seed = settled_seed(args.out, args.seed, None if solutions_home() else recorded_seed())
    points = read_points(args.points) if args.points else find_points(args.batch)
    return Plan(
        settings=Settings(seed, points, choose_reference(seed), args.line_seconds),
        stages=planned_stages(args.stage),
        time_limit=args.timeout,
        limits=Limits(memory=args.memory * MEGABYTE),
        memory=args.grader_memory * MEGABYTE,
        isolation=args.isolation,
    )


def _grade(args: argparse.Namespace, tasks: list[Task], plan: Plan) -> int:
    from grader.frontends.progress import Progress
    from grader.grading.batch import run_batch
    from grader.grading.cluster.errors import ClusterError
    from grader.grading.find import find_submissions
    from grader.grading.handed_in import days_late
    from grader.results.files import write_files
    from grader.results.store import Store
    from grader.results.summary import Summary

    if args.isolation == "none":
        print(
            "misstep grade: WARNING: --isolation none: the submissions' code can read, change and send "
            "whatever you can",
            file=sys.stderr,
        )
    store = Store(args.out)
    # A class that is graded already may need no more than arithmetic.
    unknown = args.regrade or any(store.key(task.name) is None for task in tasks)
    executor = _executor(args, plan, min(args.jobs, len(tasks)), needs_wall=unknown)
    late = days_late(plan.settings.points.late, args.batch, tasks)
    summary = Summary()
    stopped, status = "", 0
    try:
        with Progress(len(tasks)) as progress:
            for event in run_batch(tasks, store, plan, executor, regrade=args.regrade, days_late=late):
                summary.add(event)
                progress.step(event)
    except KeyboardInterrupt:
        stopped, status = "stopped", 130
    except ClusterError as error:
        stopped, status = str(error), 2
    if summary.count:
        write_files(args.out, store, [task.name for task in find_submissions(args.batch, args.out)])
    store.close()
    if stopped:
        print(
            f"\nmisstep grade: {stopped}; {summary.count} of {len(tasks)} results are kept in {args.out}. "
            "The same command goes on from there.",
            file=sys.stderr,
        )
        return status
    summary.show(args.out, args.sort, args.all)
    return 1 if summary.problems else 0


def _executor(args: argparse.Namespace, plan: Plan, jobs: int, *, needs_wall: bool) -> Executor:
    """Where the batch is graded. Raises WallError or ClusterError where that cannot be."""
    if on_cluster(args):
        from grader.grading.cluster.batch_job import BatchJob

        return open_cluster(args, BatchJob(plan, plan.digest()), jobs, "misstep grade")
    from grader.grading.batch import on_this_machine
    from grader.grading.plan import require_wall

    return on_this_machine(plan, jobs, require_wall(plan) if needs_wall else None)
