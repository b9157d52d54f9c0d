"""Which worker gets the next bundle: each of its threads has one at work, and one that waits for it.

Left to itself Dask piles up three at one worker while another has none, and looks at every worker for each task.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping

AHEAD = 2


class Slots:
    """The free places of the workers that are there; whoever has most is served first."""

    def __init__(self) -> None:
        self._present: Mapping[str, int] = {}
        self._taken: Counter[str] = Counter()
        self._free: deque[str] = deque()

    def __bool__(self) -> bool:
        return bool(self._free)

    def renew(self, present: Mapping[str, int]) -> None:
        """Other workers are there; `present` are the threads of each by its address."""
        self._present = dict(present)
        free = {address: AHEAD * threads - self._taken[address] for address, threads in present.items()}
        levels = range(max(free.values(), default=0), 0, -1)
        self._free = deque(address for level in levels for address in free if free[address] >= level)

    def take(self) -> str:
        """The worker for a bundle; the one with least where nobody has a free place, and "" where nobody is there."""
        if not self._present:
            return ""
        if self._free:
            address = self._free.popleft()
        else:
            address = min(self._present, key=lambda worker: self._taken[worker] / self._present[worker])
        self._taken[address] += 1
        return address

    def give_back(self, address: str) -> None:
        """A bundle is no longer there."""
        self._taken[address] -= 1
        if not self._taken[address]:
            del self._taken[address]
        if self._taken[address] < AHEAD * self._present.get(address, 0):
            self._free.append(address)
