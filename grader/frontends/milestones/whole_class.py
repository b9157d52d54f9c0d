"""Milestones over the submissions of a batch, several at a time."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from grader.course.milestones import NUMBERS
from grader.frontends.milestones.folder import opened
from grader.frontends.milestones.outcome import Outcome
from grader.frontends.milestones.terminal import run
from grader.grading.find import Task
from grader.grading.intake import read_submission
from grader.grading.pool import Done, Pool
from grader.grading.watch import Watch
from grader.grading.worker import serve_tasks
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.results.escape import visible
from grader.results.milestones import Reached, keep_milestones


@dataclass(frozen=True)
class Terms:
    """Which milestones are run, behind which wall, with which libraries, and for how long each."""

    numbers: Sequence[int] = ()
    isolation: str = "full"
    allow: Collection[str] = ()
    seconds: float = 60.0


def run_class(tasks: Sequence[Task], results: Path, terms: Terms, jobs: int) -> int:
    """Run milestones for every submission, keep what was reached beside the results, and tell it in a line each.

    The exit status: 1 where one could not be run, which is no fault of the student's. Raises WallError, OSError and
    ResultsError.
    """
    # Before anything is begun: whether there is such a wall.
    open_sandbox(terms.isolation, allow=terms.allow).close()
    with Pool[Task](partial(_serve, terms), min(jobs, len(tasks))) as pool:
        return max([_kept(done, results) for done in pool.run(tasks)], default=0)


def _kept(done: Done[Task], results: Path) -> int:
    name = visible(done.task.name)
    if done.problem:
        print(f"misstep milestone: {name}: {done.problem.strip().splitlines()[-1]}", file=sys.stderr)
        return 1
    for number, reached in done.answer.items():
        print(f"{name}: milestone {number}: {_told(reached)}", flush=True)
    keep_milestones(results, done.task.name, done.answer)
    return 0


def _serve(terms: Terms, connection: Connection, watch: Watch) -> None:
    """A process of the pool: one sandbox for all of its submissions. Each milestone has its own time limit."""
    with open_sandbox(terms.isolation, allow=terms.allow) as sandbox:
        serve_tasks(lambda task: dict(_reached_by(task, terms, sandbox)), connection, Watch())


def _reached_by(task: Task, terms: Terms, sandbox: Sandbox) -> Iterable[tuple[int, Reached]]:
    submission = read_submission(task.path)
    for number in (n for n in terms.numbers or NUMBERS if n in submission.sources):
        with contextlib.redirect_stdout(io.StringIO()), opened(submission, sandbox, terms.seconds) as files:
            yield number, _reached(run(number, files, terms.seconds, whole=False))


def _reached(outcome: Outcome) -> Reached:
    own, needed = outcome.yours
    if outcome.reached is None or outcome.stopped or not own:
        return Reached("", None, None, False, outcome.stopped, own, needed)
    what, yours, reference = outcome.reached
    return Reached(what, float(yours), float(reference), outcome.fine, own=own, needed=needed)


def _told(reached: Reached) -> str:
    if reached.yours is None or reached.reference is None:
        return reached.text
    return f"{reached.what} {reached.yours:.3f}, the reference has {reached.reference:.3f}"
