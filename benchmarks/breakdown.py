"""Where the processor time of grading goes: the same run in one process, timed from within.

Each part is exclusive: what checks cost is without the calls that they make. What the children cost, and the worker
that forks them, is theirs as the kernel counted it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from grader.course.points import Points
from grader.grading import batch, examine, worker
from grader.grading.find import Task, find_submissions
from grader.grading.plan import Plan
from grader.grading.pool import Done
from grader.grading.reference import find_reference
from grader.isolation import sandbox, session
from grader.results.store import Store

# What is timed: the part, and where the function is that it consists of.
_TIMED: tuple[tuple[str, Any, str], ...] = (
    ("read", worker, "read_submission"),
    ("checks", examine, "_outcome"),
    ("wire", session.Session, "foresee"),
    ("wire", session.Session, "begin"),
    ("wire", session.Session, "call"),
    ("wire", session.Session, "close"),
    ("store", Store, "put"),
)


class Clock:
    """Processor time of this process by part, each without the parts within it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stack = ["rest"]
        self._since = time.process_time()

    def enter(self, part: str) -> None:
        """What follows belongs to `part`."""
        self._count()
        self._stack.append(part)

    def leave(self) -> None:
        """The part is over."""
        self._count()
        self._stack.pop()

    def _count(self) -> None:
        now = time.process_time()
        self.seconds[self._stack[-1]] = self.seconds.get(self._stack[-1], 0.0) + now - self._since
        self._since = now

    def around(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def timed(*args: Any, **named: Any) -> Any:
            self.enter(part)
            try:
                return function(*args, **named)
            finally:
                self.leave()

        return timed


class Here:
    """An executor that grades in this very process."""

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self._plan, self._digest, self._clock = plan, plan.digest(), clock
        self.children = 0.0

    def __enter__(self) -> Here:
        self._sandbox = sandbox.open_sandbox("full")
        return self

    def __exit__(self, *_: object) -> None:
        self._sandbox.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Done[Task]]:
        """Every task in order."""
        before = self._used()
        for task in tasks:
            self._clock.enter("verdicts")
            work = worker.read(task, self._plan, self._digest)
            assert work is not None
            answer = worker.grade_work(work, self._plan, self._sandbox)
            self._clock.leave()
            yield Done(task, answer)
        self.children += self._used() - before

    def _used(self) -> float:
        """Seconds of the worker and of the children that it has reaped."""
        fields = Path(f"/proc/{self._sandbox.worker}/stat").read_text().rpartition(")")[2].split()  # type: ignore[attr-defined]
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def breakdown(home: Path, seed: int) -> dict[str, float]:
    """Milliseconds for each submission by part."""
    clock = Clock()
    plan = Plan(examine.Settings(seed, Points(), find_reference(), 0.0))
    tasks = find_submissions(home)
    plan.settings.plans.prepare({int(p.name.removeprefix("stage")) for p in tasks[0].path.iterdir()})
    kept = [(place, name, getattr(place, name)) for _, place, name in _TIMED]
    for part, place, name in _TIMED:
        setattr(place, name, clock.around(part, getattr(place, name)))
    here = Here(plan, clock)
    try:
        with tempfile.TemporaryDirectory() as out:
            clock.enter("store")
            for _ in batch.run_batch(tasks, Store(Path(out)), plan, here):
                pass
            clock.leave()
    finally:
        for place, name, function in kept:
            setattr(place, name, function)
    parts = {**clock.seconds, "children": here.children}
    return {part: 1000 * seconds / len(tasks) for part, seconds in parts.items() if part != "rest"}
