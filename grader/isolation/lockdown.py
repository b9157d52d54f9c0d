"""Locking a child in: everything that can be prepared is prepared before the fork.

Two independent walls stand around files, network and signals. The system call filter refuses every call
that opens, looks up or connects, so it is enough by itself on any kernel; Landlock, where the kernel has
it, refuses the same again by the kernel's own rules. Only when a caller names `readable` directories does
the filter let files be opened for reading, and then Landlock alone says which: without Landlock such a
request is refused.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from grader.isolation import landlock, seccomp
from grader.isolation.errors import WallError
from grader.isolation.limits import Limits, address_space, become_nobody, bound_resources, tie_to_parent
from grader.isolation.syscalls import this_machine


@dataclass(frozen=True)
class Lockdown:
    """Everything a forked child needs to lock itself in."""

    filter: seccomp.Filter
    abi: int
    ruleset: int | None
    base_memory: int

    def enter(self, limits: Limits, parent: int) -> None:
        """Lock this process in for good. Raises OSError where a part of the wall does not hold."""
        become_nobody()
        bound_resources(limits, self.base_memory)
        # After the change of user, which clears it.
        tie_to_parent(parent)
        if self.ruleset is not None:
            landlock.restrict(self.ruleset, self.abi)
            os.close(self.ruleset)
        self.filter.install()


def prepare(readable: tuple[Path, ...] = ()) -> Lockdown:
    """The lock-down for this process's children. Raises WallError where this system cannot do it."""
    machine = this_machine()
    if machine is None or os.name != "posix":
        raise WallError("no system call filter is known for this machine")
    abi = landlock.version()
    if readable and not abi:
        raise WallError("only a kernel with Landlock can open some files and not others")
    ruleset = landlock.make_ruleset(abi, readable) if abi else None
    return Lockdown(seccomp.build(machine, reading=bool(readable)), abi, ruleset, address_space())
