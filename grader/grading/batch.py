"""Grading a batch: grade what is new or changed, and keep every result as it comes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol

from grader.course.catalogue import stage_numbers
from grader.course.points import Points
from grader.grading.find import Task
from grader.grading.looks import Looks
from grader.grading.plan import Plan
from grader.grading.pool import Done, Pool
from grader.grading.reweigh import SEPARATOR, Weigher, weights_digest
from grader.grading.worker import EMPTY, serve
from grader.isolation.sandbox import Sandbox
from grader.results.records import Event, SubmissionResult
from grader.results.store import Store, light_rows, rows_text
from grader.results.verdict import Verdict

# Where grading processes are forks of this one.
_CAN_SHARE = sys.platform == "linux"


class Executor(Protocol):
    """Where submissions are graded: the processes of this machine, or the workers of a cluster."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done[Task]]:
        """Every task as it is done, in no particular order."""

    def __enter__(self) -> Any: ...

    def __exit__(self, *_: object) -> None: ...


def on_this_machine(plan: Plan, jobs: int, wall: Sandbox | None = None) -> Executor:
    """So many grading processes here; `wall` is a sandbox that theirs are made like, and closed after them."""
    shared = wall if _CAN_SHARE else None
    return Pool[Task](partial(serve, plan, plan.digest(), like=shared), jobs, wall)


def run_batch(
    tasks: Sequence[Task],
    store: Store,
    plan: Plan,
    executor: Executor,
    *,
    regrade: bool = False,
    days_late: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Event]:
    """Grade what is not in the store under its present key; every result is stored before it is told of.

    Where nothing but the weights changed, a stored result is weighed anew; where that cannot be, it is graded anew.
    `days_late` are the days that the late rule counts, by submission.
    """
    keeping = _Keeping(store, plan.settings.points, days_late)
    looks = Looks(store, plan.digest())
    known = [Task(t.name, t.path, None if regrade else _verdict_key(store, t.name)) for t in tasks]
    unchanged = [task for task in known if looks.is_as_it_was(task)]
    yield from keeping.events(Done(task, (task.known, None, None)) for task in unchanged)
    same = {task.name for task in unchanged}
    with executor as pool:
        yield from looks.noted(keeping.events(pool.run(task for task in known if task.name not in same)))
        # Who handed in nothing is graded last, on what the others were graded on.
        asked = store.stages() or stage_numbers()
        yield from keeping.events(pool.run([replace(task, stages=asked) for task in keeping.empty]))
        yield from keeping.events(pool.run([replace(task, known=None) for task in keeping.anew]))


class _Keeping:
    """Keeps what comes from the pool, and gathers what must go there again."""

    def __init__(self, store: Store, points: Points, days_late: Mapping[str, int]) -> None:
        self.empty: list[Task] = []
        self.anew: list[Task] = []
        self._store = store
        self._weigher = Weigher(points)
        self._weights = weights_digest(points)
        self._late, self._days_late = points.late, days_late

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
        graded = SubmissionResult.of_row(result)
        if self._late is not None:
            graded = self._on_time_or_late(graded)
            result = json.dumps(graded.to_json())
        self._store.put(name, self._key(name, key), result, detail)
        yield Event(name, graded)

    def _known(self, task: Task, key: str) -> Iterator[Event]:
        """A result of which all verdicts hold: as it is, or under the present weights."""
        text, detail = next(self._store.results(iter([task.name])))
        full_key = self._key(task.name, key)
        if self._store.key(task.name) == full_key:
            yield Event(task.name, SubmissionResult.of_row(text), kept=True)
            return
        rows = {_place(verdict): (verdict, row) for verdict, row in light_rows(detail, self._store.path)}
        verdicts = tuple(verdict for verdict, _ in rows.values())
        weighed = self._weigher.weighed(SubmissionResult.of_row(text, verdicts))
        if weighed is None:
            self.anew.append(task)
            return
        weighed = self._on_time_or_late(weighed)
        kept = [{**rows[_place(verdict)][1], **verdict.to_json()} for verdict in weighed.checks]
        self._store.put(task.name, full_key, json.dumps(weighed.to_json()), rows_text(kept))
        yield Event(task.name, weighed, kept=True, reweighed=True)

    def _key(self, name: str, key: str) -> str:
        """What a result depends on: what its verdicts do, the table, and how late it is."""
        return SEPARATOR.join([key, self._weights, str(self._days_late.get(name, 0))])

    def _on_time_or_late(self, result: SubmissionResult) -> SubmissionResult:
        days = self._days_late.get(result.submission, 0)
        return result if self._late is None else result.handed_in_late(days, self._late.off(days))


def _place(verdict: Verdict) -> tuple[int, str, str | None]:
    return verdict.stage, verdict.exercise, verdict.id


def _verdict_key(store: Store, name: str) -> str | None:
    key = store.key(name)
    return key.partition(SEPARATOR)[0] if key else None
