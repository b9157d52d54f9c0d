"""A pool of trusted processes, one task each at a time; one that dies takes nothing but its task with it."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
# On Linux a fork shares the suites that are loaded already; elsewhere forking is not safe.
_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@dataclass(frozen=True)
class Done(Generic[Task]):
    """A finished task: its answer, or the problem of ours that kept it from being done."""

    task: Task
    answer: Any = None
    problem: str = ""


class Pool(Generic[Task]):
    """`jobs` processes that each run `serve(connection)`: receive a task, send (answer, problem), until EOF."""

    def __init__(self, serve: Callable[[Connection], None], jobs: int) -> None:
        self._serve = serve
        self._workers: dict[Connection, BaseProcess] = {}
        for _ in range(jobs):
            self._hire()

    def run(self, tasks: Iterable[Task]) -> Iterator[Done[Task]]:
        """Every task as it is done, in no particular order."""
        waiting = iter(tasks)
        busy: dict[Connection, Task] = {}
        for connection in list(self._workers):
            self._give(connection, waiting, busy)
        while busy:
            for ready in wait(list(busy)):
                assert isinstance(ready, Connection)
                task = busy.pop(ready)
                done, worker = self._collect(ready, task)
                yield done
                self._give(worker, waiting, busy)

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
            process = self._workers.pop(connection)
            connection.close()
            process.join()
            problem = f"a grading process ended unexpectedly (exit status {process.exitcode})"
            return Done(task, None, problem), self._hire()

    def _hire(self) -> Connection:
        ours: Connection
        ours, theirs = _CONTEXT.Pipe()
        # A forked child inherits the ends of its siblings too; closing them lets EOF reach each worker.
        inherited = [*self._workers, ours] if _CONTEXT.get_start_method() == "fork" else []
        process = _CONTEXT.Process(target=_work, args=(self._serve, theirs, inherited), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours] = process
        return ours

    def close(self) -> None:
        """Let every process end, and end those that do not."""
        for connection in self._workers:
            connection.close()
        for process in self._workers.values():
            process.join(timeout=3)
            if process.is_alive():
                process.kill()
                process.join()
        self._workers.clear()

    def __enter__(self) -> Pool[Task]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _work(serve: Callable[[Connection], None], connection: Connection, inherited: list[Connection]) -> None:
    for other in inherited:
        other.close()
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError):
        serve(connection)
