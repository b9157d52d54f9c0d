"""The Dask workers of a run: which were found fit, which are there now, and how fast each of them is."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from grader.results.escape import logged, one_line

SHOWN = 8
# Below so much of the median rate a worker is called slow; rates are looked at so often.
SLOW, RATES_SECONDS = 0.5, 30.0


@dataclass
class Member:
    """A Dask worker that was found fit, and what it did."""

    name: str
    host: str
    count: int = 0
    seconds: float = 0.0
    told_slow: bool = False

    @property
    def rate(self) -> float:
        """Submissions in a second of one of its threads."""
        return self.count / max(self.seconds, 1e-6)


class Crew:
    """Keeps the book of the workers. `say` tells the instructor a line."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self._news: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._fit: dict[str, Member] = {}
        self.refused: dict[str, str] = {}
        # The fit workers that are there, with their threads, and those that were there at the look before.
        self.present: dict[str, int] = {}
        self.lost: set[str] = set()
        self._rated = time.monotonic()

    def tell(self, event: tuple[float, dict[str, Any]]) -> None:
        """A worker says what it found about itself; called from Dask's own thread."""
        self._news.put(event[1])

    @property
    def threads(self) -> int:
        """How many submissions can be graded at the same time."""
        return sum(self.present.values())

    @property
    def had_any(self) -> bool:
        """Whether there ever was a worker that fits."""
        return bool(self._fit)

    def look(self, there: dict[str, int]) -> bool:
        """Take in what is new; `there` are the threads of each worker by its address. Whether one came or is lost."""
        before, self.lost = self.present, set()
        while True:
            try:
                self._take(self._news.get_nowait())
            except Empty:
                break
        fit = self._fit.keys() - self.refused.keys()
        self.present = {address: count for address, count in there.items() if address in fit}
        self.lost |= before.keys() - self.present.keys()
        self._tell_the_slow()
        if before and not self.present:
            self.say("all Dask workers are gone; waiting for one to come")
        return bool(self.lost) or self.present.keys() != before.keys()

    def _take(self, told: dict[str, Any]) -> None:
        if told["worker"] in self.present:  # It was started anew under the address that it had.
            self.lost.add(told["worker"])
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
        return _shown(self._ranked())

    def _tell_the_slow(self) -> None:
        if time.monotonic() - self._rated < RATES_SECONDS:
            return
        self._rated = time.monotonic()
        slow = [(member, True) for member, slow in self._ranked() if slow and not member.told_slow]
        for member, _ in slow:
            member.told_slow = True
        for line in _shown(slow):
            self.say(line)

    def _ranked(self) -> list[tuple[Member, bool]]:
        """Who graded anything, the slowest first, and whether that is slow."""
        busy = sorted((member for member in self._fit.values() if member.count), key=lambda member: member.rate)
        middle = statistics.median(member.rate for member in busy) if busy else 0.0
        return [(member, member.rate < SLOW * middle) for member in busy]


def _shown(ranked: Sequence[tuple[Member, bool]]) -> list[str]:
    lines = [
        f"{logged(member.name)} on {logged(member.host)}: {member.count} graded, {member.rate:.1f} a second on a "
        f"thread{', SLOW' if slow else ''}"
        for member, slow in ranked[:SHOWN]
    ]
    return lines + ([f"… and {len(ranked) - SHOWN} faster Dask workers"] if len(ranked) > SHOWN else [])
