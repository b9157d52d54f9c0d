"""A pool of trusted processes, one task each at a time; one that dies takes nothing but its task with it."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

from grader.grading.watch import Lost, Watch, may_go_on

# How often the parent looks whether a process takes too long over its task.
LOOK_SECONDS = 0.5


class Closable(Protocol):
    """What can be closed."""

    def close(self) -> None: ...


class Losable(Protocol):
    """A task, a dataclass, that tells the process that does it which processes were lost over it before."""

    @property
    def lost(self) -> tuple[Lost, ...]: ...


Task = TypeVar("Task", bound=Losable)
# On Linux a fork shares the suites that are loaded already; elsewhere forking is not safe.
_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@dataclass(frozen=True)
class Done(Generic[Task]):
    """A finished task: its answer, or the problem of ours that kept it from being done, or that it is done again."""

    task: Task
    answer: Any = None
    problem: str = ""
    again: bool = False


@dataclass(frozen=True)
class _Worker:
    process: BaseProcess
    watch: Watch


class Pool(Generic[Task]):
    """`jobs` processes that each run `serve(connection, watch)`: receive a task, send (answer, problem), until EOF.

    One that takes too long over its task is ended. A task over which a process was lost is given to another, which
    knows where that was; see `watch`. What they share is in `closing`: it is closed when they have ended.
    """

    def __init__(self, serve: Callable[[Connection, Watch], None], jobs: int, closing: Closable | None = None) -> None:
        self._serve, self._closing = serve, closing
        self._workers: dict[Connection, _Worker] = {}
        for _ in range(jobs):
            self._hire()

    def run(self, tasks: Iterable[Task]) -> Iterator[Done[Task]]:
        """Every task as it is done, in no particular order."""
        waiting = iter(tasks)
        busy: dict[Connection, Task] = {}
        for connection in list(self._workers):
            self._give(connection, waiting, busy)
        while busy:
            for ready in wait(list(busy), LOOK_SECONDS):
                assert isinstance(ready, Connection)
                task = busy.pop(ready)
                done, worker = self._collect(ready, task)
                if done.again:
                    worker.send(done.task)
                    busy[worker] = done.task
                else:
                    yield done
                    self._give(worker, waiting, busy)
            self._end_the_late(busy)

    def _end_the_late(self, busy: Iterable[Connection]) -> None:
        for worker in (self._workers[connection] for connection in busy):
            if worker.watch.is_late:
                worker.process.kill()

    def _give(self, connection: Connection, waiting: Iterator[Task], busy: dict[Connection, Task]) -> None:
        for task in waiting:
            connection.send(task)
            busy[connection] = task
            return

    def _collect(self, connection: Connection, task: Task) -> tuple[Done[Task], Connection]:
        try:
            answer, problem = connection.recv()
            return Done(task, answer, problem), connection
        except (EOFError, OSError):
            worker = self._workers.pop(connection)
            late = worker.watch.is_late
            connection.close()
            worker.process.join()
        lost = (*task.lost, worker.watch.lost(late=late))
        if may_go_on(lost):
            return Done(replace(task, lost=lost), again=True), self._hire()  # type: ignore[type-var]
        end = "took too long" if late else f"ended unexpectedly (exit status {worker.process.exitcode})"
        return Done(task, None, f"a grading process {end}"), self._hire()

    def _hire(self) -> Connection:
        ours: Connection
        ours, theirs = _CONTEXT.Pipe()
        # A forked child inherits the ends of its siblings too; closing them lets EOF reach each worker.
        inherited = [*self._workers, ours] if _CONTEXT.get_start_method() == "fork" else []
        watch = Watch(_CONTEXT.RawArray("d", 4))
        process = _CONTEXT.Process(target=_work, args=(self._serve, theirs, watch, inherited), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours] = _Worker(process, watch)
        return ours

    def close(self) -> None:
        """Let every process end, and end those that do not."""
        for connection in self._workers:
            connection.close()
        for worker in self._workers.values():
            worker.process.join(timeout=3)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()
        if self._closing is not None:
            self._closing.close()

    def __enter__(self) -> Pool[Task]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _work(
    serve: Callable[[Connection, Watch], None], connection: Connection, watch: Watch, inherited: list[Connection]
) -> None:
    for other in inherited:
        other.close()
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError):
        serve(connection, watch)
