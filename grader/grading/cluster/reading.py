"""The client's processes that read submissions, some at a time: else each would cost a turn of the client's own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from grader.grading.pool import Done, Pool
from grader.grading.watch import Lost, Watch
from grader.grading.worker import serve_tasks

AT_ONCE = 16


@dataclass(frozen=True)
class Some:
    """Tasks that one process reads in one go."""

    tasks: tuple[Any, ...]
    lost: tuple[Lost, ...] = ()


class Readers:
    """So many processes, each of which calls `read` with one task after another."""

    def __init__(self, read: Callable[[Any], Any], jobs: int) -> None:
        self._pool = Pool[Some](partial(_serve, read), jobs)

    def run(self, tasks: Iterable[Any]) -> Iterator[Done[Any]]:
        """Every task with what was read, in no particular order."""
        alone: list[Some] = []
        for done in self._pool.run(_some(iter(tasks))):
            if done.problem:
                alone += [Some((task,)) for task in done.task.tasks]
            else:
                yield from _each(done)
        # A process ended over them: whose fault it was shows when each is read by itself.
        for done in self._pool.run(alone):
            yield from [Done(done.task.tasks[0], None, done.problem)] if done.problem else _each(done)

    def close(self) -> None:
        self._pool.close()


def _some(tasks: Iterator[Any]) -> Iterator[Some]:
    while some := tuple(islice(tasks, AT_ONCE)):
        yield Some(some)


def _each(done: Done[Some]) -> list[Done[Any]]:
    return [Done(task, answer, problem) for task, (answer, problem) in zip(done.task.tasks, done.answer, strict=True)]


def _serve(read: Callable[[Any], Any], connection: Connection, watch: Watch) -> None:
    serve_tasks(lambda some: [_read(read, task) for task in some.tasks], connection, watch)


def _read(read: Callable[[Any], Any], task: Any) -> tuple[Any, str]:
    try:
        return read(task), ""
    except Exception:
        return None, traceback.format_exc()
