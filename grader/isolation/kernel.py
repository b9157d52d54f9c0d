"""The few kernel calls that Python has no name for."""

from __future__ import annotations

import ctypes
import os
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38

# Of glibc's malloc.h: memory that is given back to the system, and arrays that get memory of their own, from so many
# bytes on.
_TRIM, _APART = -1, -3

_libc: Any = None


def libc() -> Any:
    """The C library of this process, opened once."""
    global _libc
    if _libc is None:
        _libc = ctypes.CDLL(None, use_errno=True)
    return _libc


def keep_memory(trim: int, apart: int) -> None:
    """Let this process keep the memory of arrays for the next ones: every page that is taken anew costs a fault.

    Only glibc can be told.
    """
    tell = getattr(libc(), "mallopt", None)
    if tell is not None:
        tell(_TRIM, trim)
        tell(_APART, apart)


def prctl(option: int, value: Any = 0, pointer: Any = None) -> None:
    """prctl(2). Raises OSError."""
    arguments = (ctypes.c_ulong(value), pointer, ctypes.c_ulong(0), ctypes.c_ulong(0))
    if libc().prctl(ctypes.c_int(option), *arguments) != 0:
        raise _error(f"prctl {option}")


def syscall(number: int, *arguments: Any) -> int:
    """syscall(2) with integers and pointers. Raises OSError."""
    widened = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result = int(libc().syscall(ctypes.c_long(number), *widened))
    if result < 0:
        raise _error(f"system call {number}")
    return result


def _error(what: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{what}: {os.strerror(number)}")
