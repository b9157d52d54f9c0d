"""A filter of system calls: a short list is allowed, everything else is refused.

What is refused returns an error to the student's code, so that it raises there with a line number; only
a call from another instruction set ends the process. A locked-in child may compute, sleep, and talk on
the file descriptors that it has. It cannot open or look up files, make sockets, processes or threads,
send signals, trace, or change its own limits.

The filter is classic BPF as of seccomp(2): instructions `(code, jump if true, jump if false, value)`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from dataclasses import dataclass

from grader.isolation.kernel import PR_SET_SECCOMP, prctl
from grader.isolation.syscalls import Machine

# Hot ones first: the kernel walks the list in order where it cannot compile it.
ALWAYS = (
    "read", "write", "recvfrom", "mmap", "munmap", "brk", "madvise", "mremap", "mprotect",
    "clock_gettime", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "setitimer", "getpid", "poll", "ppoll",
    "clock_nanosleep", "nanosleep", "getrandom", "fstat", "lseek", "close", "exit", "exit_group", "readv",
    "writev", "sigaltstack", "sched_yield", "clock_getres", "gettimeofday", "time", "gettid", "getppid",
    "getuid", "geteuid", "getgid", "getegid", "getrusage", "times", "restart_syscall", "select", "pselect6", "uname",
    "sysinfo", "getcpu", "sched_getaffinity", "rseq", "set_robust_list", "membarrier", "getcwd",
)  # fmt: skip
# Only beside a second wall (Landlock) that says which files.
LOOK_UP = (
    "newfstatat", "statx", "stat", "lstat", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
    "getdents64", "pread64",
)  # fmt: skip
# Only with read-only flags: name and position of the flags among the arguments.
OPEN = (("openat", 2), ("open", 1))
NOT_READ_ONLY = (
    os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    | getattr(os, "O_PATH", 0) | (getattr(os, "O_TMPFILE", 0) & ~getattr(os, "O_DIRECTORY", 0))
)  # fmt: skip
# Waiting and waking. The operations with priority inheritance say which thread ids exist on the machine.
FUTEX_MASK, FUTEX_OPERATIONS = 0x7F, (0, 1, 3, 4, 5, 9, 10)
# These fail as on an old kernel, or on a file that is no terminal: C libraries then take the other way.
OTHERWISE = {"clone3": errno.ENOSYS, "ioctl": errno.ENOTTY, "statx": errno.ENOSYS}

_LOAD, _AND, _EQUAL, _RETURN = 0x20, 0x54, 0x15, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
# Offsets in struct seccomp_data: the call's number, the machine, the low word of argument n.
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16

Instruction = tuple[int, int, int, int]


@dataclass(frozen=True)
class Filter:
    """A program that is ready to be installed."""

    program: bytes

    def install(self) -> None:
        """Put this process behind the filter for good; no_new_privs must be set. Raises OSError."""
        code = ctypes.create_string_buffer(self.program, len(self.program))
        count = len(self.program) // 8
        # struct sock_fprog: a count, padding, the address of the instructions.
        header = ctypes.create_string_buffer(struct.pack("@HxxxxxxP", count, ctypes.addressof(code)))
        prctl(PR_SET_SECCOMP, 2, ctypes.byref(header))


def build(machine: Machine, *, reading: bool = False) -> Filter:
    """The filter for `machine`; with `reading`, files may be opened for reading."""
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for call in ALWAYS + (LOOK_UP if reading else ()):
        program += _when(machine, call, [(_RETURN, 0, 0, _ALLOW)])
    program += _when(machine, "futex", _if_one_of(1, FUTEX_MASK, FUTEX_OPERATIONS, errno.ENOSYS))
    # Plain bytes only: no out-of-band data for the other side.
    program += _when(machine, "sendto", _unless(3, ~0, errno.EPERM))
    for call, position in OPEN if reading else ():
        program += _when(machine, call, _unless(position, NOT_READ_ONLY, errno.EACCES))
    for call, error in OTHERWISE.items():
        program += _when(machine, call, [(_RETURN, 0, 0, _ERRNO | error)])
    program.append((_RETURN, 0, 0, _ERRNO | errno.EPERM))
    return Filter(b"".join(struct.pack("<HBBI", *instruction) for instruction in program))


def _when(machine: Machine, call: str, then: list[Instruction]) -> list[Instruction]:
    number = machine.number(call)
    return [] if number is None else [(_EQUAL, 0, len(then), number), *then]


def _unless(position: int, flags: int, error: int) -> list[Instruction]:
    """Allow the call unless its argument at `position` has one of `flags`."""
    return [
        (_LOAD, 0, 0, _ARGUMENTS + 8 * position),
        (_AND, 0, 0, flags & 0xFFFFFFFF),
        (_EQUAL, 0, 1, 0),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | error),
    ]


def _if_one_of(position: int, mask: int, values: tuple[int, ...], error: int) -> list[Instruction]:
    """Allow the call if its argument at `position`, masked, is one of `values`."""
    checks: list[Instruction] = []
    for value in values:
        checks += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [(_LOAD, 0, 0, _ARGUMENTS + 8 * position), (_AND, 0, 0, mask), *checks, (_RETURN, 0, 0, _ERRNO | error)]
