"""Locking a child in: what children inherit is done once, in the worker; the rest by each child.

Two independent walls stand around files, network and signals. The system call filter refuses every call
that opens, looks up or connects, so it is enough by itself on any kernel; Landlock, where the kernel has
it, refuses the same again by the kernel's own rules. Only when a caller names `readable` directories does
the filter let files be opened for reading, and then Landlock alone says which: without Landlock such a
request is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.isolation import landlock, seccomp
from grader.isolation.errors import WallError
from grader.isolation.limits import (
    Limits,
    address_space,
    become_nobody,
    bound_child,
    bound_family,
    die_with,
    forbid_processes,
    give_up_privileges,
)
from grader.isolation.syscalls import this_machine


@dataclass(frozen=True)
class Lockdown:
    """The worker's own half of the lock-down is done; this is what each of its children needs for the rest."""

    filter: seccomp.Filter
    abi: int
    user: str
    base_memory: int

    def enter(self, limits: Limits, parent: int, close: Iterable[int]) -> None:
        """Lock this process, a fresh fork, in for good. Raises OSError where a part does not hold."""
        for number in close:
            os.close(number)
        bound_child(limits, self.base_memory)
        forbid_processes()
        die_with(parent)
        self.filter.install()


def prepare(readable: tuple[Path, ...] = ()) -> Lockdown:
    """Do here, once, whatever the children inherit. Raises WallError where this system cannot do it.

    From then on this process is nobody, gains no privileges, reaches no file (but `readable`) and is seen
    by nobody of its user.
    """
    machine = this_machine()
    if machine is None:
        raise WallError("no system call filter is known for this machine")
    abi = landlock.version()
    if readable and not abi:
        raise WallError("only a kernel with Landlock can open some files and not others")
    base = address_space()
    try:
        user = "nobody" if become_nobody() else "the same"
        give_up_privileges()
        bound_family()
        if abi:
            landlock.restrict(abi, readable)
    except OSError as error:
        raise WallError(f"the lock-down failed: {error}") from error
    return Lockdown(seccomp.build(machine, reading=bool(readable)), abi, user, base)
