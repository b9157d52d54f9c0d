"""The Dask workers of a run: which were found fit, which are there now, and how fast each of them is."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from grader.results.escape import logged, one_line

SHOWN = 8
SLOW = 0.5


@dataclass
class Member:
    """A Dask worker that was found fit, and what it did."""

    name: str
    host: str
    count: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Submissions in a second of one of its threads."""
        return self.count / max(self.seconds, 1e-6)


class Crew:
    """Keeps the book of the workers. `say` tells the instructor a line."""

    def __init__(self, say: Callable[[str], None] | None = None) -> None:
        self.say = say or _to_stderr
        self._news: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._fit: dict[str, Member] = {}
        self.refused: dict[str, str] = {}
        self.threads = 0

    def tell(self, event: tuple[float, dict[str, Any]]) -> None:
        """A worker says what it found about itself; called from Dask's own thread."""
        self._news.put(event[1])

    def look(self, there: dict[str, int]) -> bool:
        """Take in what is new; `there` are the threads of each worker by its address.

        Whether there is a worker again after there was none.
        """
        while True:
            try:
                self._take(self._news.get_nowait())
            except Empty:
                break
        before, self.threads = self.threads, sum(count for address, count in there.items() if address in self._fit)
        return not before and self.threads > 0

    def _take(self, told: dict[str, Any]) -> None:
        if "problem" in told:
            self.refused[told["worker"]] = told["problem"]
            where = f"{logged(told['name'])} on {logged(told['host'])}"
            self.say(f"left out: the Dask worker {where}: {one_line(told['problem'], 300)}")
        else:
            self.refused.pop(told["worker"], None)
            self._fit[told["worker"]] = Member(told["name"], told["host"])

    def knows(self, addresses: set[str]) -> bool:
        """Whether all of these workers said what they found."""
        return addresses <= self._fit.keys() | self.refused.keys()

    def add(self, address: str, count: int, seconds: float) -> None:
        """A worker graded so many in so many seconds."""
        member = self._fit.get(address)
        if member:
            member.count, member.seconds = member.count + count, member.seconds + seconds

    def lines(self) -> list[str]:
        """Which workers graded how many, the slowest first."""
        busy = sorted((member for member in self._fit.values() if member.count), key=lambda member: member.rate)
        if not busy:
            return []
        middle = statistics.median(member.rate for member in busy)
        lines = [
            f"{logged(member.name)} on {logged(member.host)}: {member.count} graded, {member.rate:.1f} a second on a "
            f"thread{', SLOW' if member.rate < SLOW * middle else ''}"
            for member in busy[:SHOWN]
        ]
        return lines + ([f"… and {len(busy) - SHOWN} faster Dask workers"] if len(busy) > SHOWN else [])


def _to_stderr(line: str) -> None:
    print(f"misstep grade: {line}", file=sys.stderr)
