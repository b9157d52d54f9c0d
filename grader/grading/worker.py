"""A grading process: it takes one submission after another and says what became of each."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from typing import Any, TypeGuard

from grader.grading.find import Task
from grader.grading.grade import grade
from grader.grading.intake import Submission, read_submission
from grader.grading.plan import Plan
from grader.grading.watch import Lost, Watch
from grader.isolation.limits import bound_own_memory, keep_own_memory
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.results.store import detail_text

EMPTY = "holds nothing"


@dataclass(frozen=True)
class Work:
    """A submission that was read: the stages that it is graded on, and the key that its result is kept under."""

    submission: Submission
    stages: tuple[int, ...]
    key: str
    lost: tuple[Lost, ...] = ()


Answer = tuple[str, str | None, str | None] | str


def serve(plan: Plan, digest: bytes, connection: Connection, watch: Watch, like: Sandbox | None = None) -> None:
    """A grading process: trusted itself, it holds one sandbox, and reads and grades one submission at a time."""

    def act(task: Task, plan: Plan, sandbox: Callable[[], Sandbox]) -> Answer:
        work = read(task, plan, digest)
        return (work.key, None, None) if is_known(work, task) else grade_work(work, plan, sandbox()) if work else EMPTY

    serve_behind_wall(plan, act, connection, watch, like)


def serve_behind_wall(
    plan: Plan,
    act: Callable[[Any, Plan, Callable[[], Sandbox]], Any],
    connection: Connection,
    watch: Watch,
    like: Sandbox | None = None,
) -> None:
    """Do `act` for one task after another, with one sandbox for all, opened when it is first asked for.

    `like` is one that the process which started this one has open.
    """
    plan = replace(plan, settings=replace(plan.settings, watch=watch))
    keep_own_memory()
    with ExitStack() as stack:

        @cache
        def sandbox() -> Sandbox:
            opened = stack.enter_context(open_sandbox(plan.isolation, (), plan.settings.points.allow, like))
            bound_own_memory(plan.memory)
            return opened

        serve_tasks(lambda task: act(task, plan, sandbox), connection, watch)


def serve_tasks(act: Callable[[Any], Any], connection: Connection, watch: Watch) -> None:
    """Receive a task, send (answer, problem), until EOF."""
    while True:
        task = connection.recv()
        watch.begin(task.lost)
        try:
            answer, problem = act(task), ""
        except Exception:
            # A fault of ours must never look like a student's: it is reported, and nobody is graded.
            answer, problem = "", traceback.format_exc()
        watch.end()
        connection.send((answer, problem))


def read(task: Task, plan: Plan, digest: bytes) -> Work | None:
    """A submission, read; None where it holds nothing and nobody said yet which stages are asked of it."""
    submission = read_submission(task.path, task.name)
    planned = plan.stages or tuple(submission.sources) or task.stages
    if not planned:
        return None
    key = hashlib.sha256(digest + _content(submission) + bytes(planned)).hexdigest()
    return Work(submission, planned, key)


def is_known(work: Work | None, task: Task) -> TypeGuard[Work]:
    """Whether the result that is kept still holds."""
    return work is not None and work.key == task.known


def grade_work(work: Work, plan: Plan, sandbox: Sandbox) -> tuple[str, str, str]:
    """The key of a submission, with its result and detail as JSON."""
    graded = grade(
        work.submission,
        sandbox,
        plan.settings,
        stages=work.stages,
        time_limit=plan.time_limit,
        limits=plan.limits,
    )
    return work.key, json.dumps(graded.result.to_json()), detail_text(graded.result.checks)


def _content(submission: Submission) -> bytes:
    digest = hashlib.sha256()
    for number, files in sorted(submission.sources.items()):
        for stem, source in sorted(files.items()):
            head = [number, stem, source.file, source.problem, [len(chunk) for chunk in source.chunks]]
            digest.update(json.dumps(head).encode())
            for chunk in source.chunks:
                digest.update(chunk)
    return digest.digest()
