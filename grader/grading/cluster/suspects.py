"""Submissions over which a Dask worker was lost: each is tried by itself, and given up when it loses more of them.

A bundle that lost its worker may hold one submission that kills workers, and others that were beside it. So each of
them is sent alone to a worker that does nothing else meanwhile; whoever loses that one too has done it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.grading.cluster.bundles import Bundle
from grader.grading.pool import Done

if TYPE_CHECKING:
    from distributed import Future

# So many Dask workers may be lost over one submission.
MOST_DEATHS = 3
GIVEN_UP = "Dask workers were lost over it {deaths} times, at last one that graded nothing else: {problem}"


@dataclass(frozen=True)
class Sent:
    """A bundle under way, and how many workers were lost over it; `alone_at` is the worker that has it to itself, `at`
    the one that has it beside others.
    """

    future: Future
    bundle: Bundle
    deaths: int = 0
    alone_at: str = ""
    at: str = ""


@dataclass(frozen=True)
class Suspect:
    """One submission to be tried by itself: a bundle of one, over which so many workers were lost."""

    bundle: Bundle
    deaths: int


class Suspects:
    """Those that wait for a worker of their own, and those that were given up."""

    def __init__(self) -> None:
        self._waiting: deque[Suspect] = deque()
        self._given_up: list[Done[Any]] = []

    def __bool__(self) -> bool:
        return bool(self._waiting or self._given_up)

    def add(self, sent: Sent, problem: str, deaths: int = 1) -> None:
        """So many more workers were lost over this bundle (0: the one that had it left in order).

        Nobody is given up for what happened while others were beside it.
        """
        deaths += sent.deaths
        for member in sent.bundle:
            if deaths >= MOST_DEATHS and sent.alone_at:
                self._given_up.append(Done(member[0], None, GIVEN_UP.format(deaths=deaths, problem=problem)))
            else:
                self._waiting.append(Suspect([member], deaths))

    def next(self) -> Suspect | None:
        """The next to be tried."""
        return self._waiting.popleft() if self._waiting else None

    def given_up(self) -> list[Done[Any]]:
        """Those that nobody shall try again in this run, each told once."""
        told, self._given_up = self._given_up, []
        return told
