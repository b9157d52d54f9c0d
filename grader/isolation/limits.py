"""What bounds a child apart from the two filters: memory, time, descriptors, its user, its parent's life."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from grader.isolation.kernel import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, keep_memory, prctl

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

MEGABYTE = 1 << 20
NOBODY = 65534


@dataclass(frozen=True)
class Limits:
    """What one child may use.

    `memory` is in bytes and on top of what a fresh child has; `processor_seconds` is only the backstop
    behind the deadlines that the trusted side keeps.
    """

    memory: int = 512 * MEGABYTE
    processor_seconds: int = 120


def address_space() -> int:
    """The bytes of address space that this process has now; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def bound_family() -> None:
    """Limits that a worker shares with its children: no core dumps, no files, a few descriptors."""
    for name, value in (("CORE", 0), ("FSIZE", 0), ("MEMLOCK", 0), ("MSGQUEUE", 0), ("NOFILE", 64)):
        _bound(f"RLIMIT_{name}", value)


def bound_child(limits: Limits, base: int) -> None:
    """Memory and processor time of one child; `base` is the address space that it starts with."""
    _bound("RLIMIT_CPU", limits.processor_seconds, limits.processor_seconds + 1)
    if base:
        _bound("RLIMIT_AS", base + limits.memory)


def bound_own_memory(more: int) -> None:
    """Let this trusted process have `more` bytes than now, so that what a submission sent cannot fill the machine.

    What is beyond raises MemoryError.
    """
    # Linear algebra makes its threads and their buffers when they are first needed; that is no fault of a submission.
    square = np.ones((256, 256))
    np.linalg.lstsq(square @ square, square, rcond=None)
    base = address_space()
    if resource is not None and base:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = base + more
        resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def keep_own_memory() -> None:
    """Keep the memory of one submission's replies for those of the next."""
    if sys.platform == "linux":
        keep_memory(256 * MEGABYTE, 32 * MEGABYTE)


def forbid_processes() -> None:
    """A second reason, beside the filter, why nobody but root can fork here."""
    _bound("RLIMIT_NPROC", 0)


def _bound(name: str, soft: int, hard: int | None = None) -> None:
    if resource is None or not hasattr(resource, name):
        return
    which = getattr(resource, name)
    allowed = resource.getrlimit(which)[1]
    wanted = soft if hard is None else hard
    if allowed != resource.RLIM_INFINITY:
        wanted = min(wanted, allowed)
    resource.setrlimit(which, (min(soft, wanted), wanted))


def become_nobody() -> bool:
    """Give up root for good. False where we are not root, or may not change the user."""
    if os.geteuid() != 0:
        return False
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:
        return False
    return True


def give_up_privileges() -> None:
    """No file can give new rights from here on, and nobody of the same user may look into this process."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_DUMPABLE, 0)


def die_with(parent: int) -> None:
    """End when `parent` ends, whatever ended it."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
