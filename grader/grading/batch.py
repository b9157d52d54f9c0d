"""Grading a batch: grade what is new or changed, and keep every result as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from grader.course.catalogue import stage_numbers
from grader.grading.find import Task
from grader.grading.plan import Plan
from grader.grading.pool import Done, Pool
from grader.grading.worker import EMPTY, serve
from grader.results.records import Event, SubmissionResult
from grader.results.store import Store


def run_batch(
    tasks: Sequence[Task], store: Store, plan: Plan, *, jobs: int = 1, regrade: bool = False
) -> Iterator[Event]:
    """Grade what is not in the store under its present key; every result is stored before it is told of."""
    known = (Task(t.name, t.path, None if regrade else store.key(t.name)) for t in tasks)
    pool: Pool[Task] = Pool(partial(serve, plan, plan.digest()), jobs)
    empty: list[Task] = []
    with pool:
        for done in pool.run(known):
            if done.answer == EMPTY:
                empty.append(done.task)
            else:
                yield _keep(done, store)
        # Who handed in nothing is graded last, on what the others were graded on.
        asked = store.stages() or stage_numbers()
        for done in pool.run(replace(task, stages=asked) for task in empty):
            yield _keep(done, store)


def _keep(done: Done[Task], store: Store) -> Event:
    name = done.task.name
    if done.problem:
        return Event(name, problem=done.problem)
    key, result, detail = done.answer
    if result is None:
        return Event(name, _stored(store, name), kept=True)
    store.put(name, key, result, detail)
    return Event(name, SubmissionResult.from_json(json.loads(result)))


def _stored(store: Store, name: str) -> SubmissionResult:
    result, _ = next(store.results(iter([name])))
    return SubmissionResult.from_json(json.loads(result))
