"""A grading process: it takes one submission after another and says what became of each."""

from __future__ import annotations

import hashlib
import json
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection

from grader.grading.find import Task
from grader.grading.grade import grade
from grader.grading.intake import Submission, read_submission
from grader.grading.plan import Plan
from grader.grading.watch import Watch
from grader.isolation.limits import bound_own_memory
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.results.store import detail_text

EMPTY = "holds nothing"


def serve(plan: Plan, digest: bytes, connection: Connection, watch: Watch) -> None:
    """A grading process: trusted itself, it holds one sandbox and grades one submission at a time."""
    plan = replace(plan, settings=replace(plan.settings, watch=watch))
    with open_sandbox(plan.isolation, allow=plan.settings.points.allow) as sandbox:
        bound_own_memory(plan.memory)
        while True:
            task: Task = connection.recv()
            watch.begin(task.lost)
            try:
                answer, problem = _grade(task, plan, digest, sandbox), ""
            except Exception:
                # A fault of ours must never look like a student's: it is reported, and nobody is graded.
                answer, problem = "", traceback.format_exc()
            watch.end()
            connection.send((answer, problem))


def _grade(task: Task, plan: Plan, digest: bytes, sandbox: Sandbox) -> tuple[str, str | None, str | None] | str:
    """The key of a submission, with its result and detail as JSON unless the known result still holds.

    EMPTY where it holds nothing and nobody said yet which stages are asked of it.
    """
    submission = read_submission(task.path, task.name)
    planned = plan.stages or tuple(submission.sources) or task.stages
    if not planned:
        return EMPTY
    key = hashlib.sha256(digest + _content(submission) + bytes(planned)).hexdigest()
    if key == task.known:
        return key, None, None
    graded = grade(
        submission,
        sandbox,
        plan.settings,
        stages=planned,
        time_limit=plan.time_limit,
        limits=plan.limits,
    )
    return key, json.dumps(graded.result.to_json()), detail_text(graded.result.checks)


def _content(submission: Submission) -> bytes:
    digest = hashlib.sha256()
    for number, files in sorted(submission.sources.items()):
        for stem, source in sorted(files.items()):
            head = [number, stem, source.file, source.problem, [len(chunk) for chunk in source.chunks]]
            digest.update(json.dumps(head).encode())
            for chunk in source.chunks:
                digest.update(chunk)
    return digest.digest()
