"""Grading a batch: grade what is new or changed, and keep every result as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from grader.course.catalogue import stage_numbers
from grader.course.points import Points
from grader.grading.find import Task
from grader.grading.plan import Plan
from grader.grading.pool import Done, Pool
from grader.grading.reweigh import SEPARATOR, Weigher, weights_digest
from grader.grading.worker import EMPTY, serve
from grader.results.records import Event, SubmissionResult
from grader.results.store import Store, detail_text, detailed


class Executor(Protocol):
    """Where submissions are graded: the processes of this machine, or the workers of a cluster."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done[Task]]:
        """Every task as it is done, in no particular order."""

    def __enter__(self) -> Any: ...

    def __exit__(self, *_: object) -> None: ...


def on_this_machine(plan: Plan, jobs: int) -> Executor:
    """So many grading processes here."""
    return Pool[Task](partial(serve, plan, plan.digest()), jobs)


def run_batch(
    tasks: Sequence[Task],
    store: Store,
    plan: Plan,
    executor: Executor,
    *,
    regrade: bool = False,
) -> Iterator[Event]:
    """Grade what is not in the store under its present key; every result is stored before it is told of.

    Where nothing but the weights changed, a stored result is weighed anew; where that cannot be, it is graded anew.
    """
    known = (Task(t.name, t.path, None if regrade else _verdict_key(store, t.name)) for t in tasks)
    keeping = _Keeping(store, plan.settings.points)
    with executor as pool:
        yield from keeping.events(pool.run(known))
        # Who handed in nothing is graded last, on what the others were graded on.
        asked = store.stages() or stage_numbers()
        yield from keeping.events(pool.run([replace(task, stages=asked) for task in keeping.empty]))
        yield from keeping.events(pool.run([replace(task, known=None) for task in keeping.anew]))


class _Keeping:
    """Keeps what comes from the pool, and gathers what must go there again."""

    def __init__(self, store: Store, points: Points) -> None:
        self.empty: list[Task] = []
        self.anew: list[Task] = []
        self._store = store
        self._weigher = Weigher(points)
        self._weights = weights_digest(points)

    def events(self, finished: Iterable[Done[Task]]) -> Iterator[Event]:
        """What became of each submission that needs no second turn."""
        for done in finished:
            if done.answer == EMPTY:
                self.empty.append(done.task)
            elif done.problem:
                yield Event(done.task.name, problem=done.problem)
            else:
                yield from self._keep(done)

    def _keep(self, done: Done[Task]) -> Iterator[Event]:
        name = done.task.name
        key, result, detail = done.answer
        if result is None:
            yield from self._known(done.task, key)
            return
        self._store.put(name, key + SEPARATOR + self._weights, result, detail)
        yield Event(name, SubmissionResult.of_row(result))

    def _known(self, task: Task, key: str) -> Iterator[Event]:
        """A result of which all verdicts hold: as it is, or under the present weights."""
        text, detail = next(self._store.results(iter([task.name])))
        full_key = key + SEPARATOR + self._weights
        if self._store.key(task.name) == full_key:
            yield Event(task.name, SubmissionResult.of_row(text), kept=True)
            return
        result = replace(SubmissionResult.of_row(text), checks=tuple(detailed(detail, self._store.path)))
        weighed = self._weigher.weighed(result)
        if weighed is None:
            self.anew.append(task)
            return
        self._store.put(task.name, full_key, json.dumps(weighed.to_json()), detail_text(weighed.checks))
        yield Event(task.name, weighed, kept=True, reweighed=True)


def _verdict_key(store: Store, name: str) -> str | None:
    key = store.key(name)
    return key.partition(SEPARATOR)[0] if key else None
