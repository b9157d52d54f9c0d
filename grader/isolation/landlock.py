"""Landlock: which files, ports, sockets and signals a process may reach, as the kernel's own rules.

Source: the kernel's `Documentation/userspace-api/landlock.rst` and `include/uapi/linux/landlock.h`. Each
version of the interface (ABI) knows more rights; we take all that this kernel knows.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

from grader.isolation.kernel import syscall

# The same on every machine.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_ASK_VERSION = 1
_BENEATH = 1
_QUIET = 1  # LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF, from ABI 7: refusals do not flood the audit log
_NET_ALL = 0b11
_SCOPE_ALL = 0b11
_QUIET_SINCE = 7


def version() -> int:
    """The ABI that this kernel offers, or 0 without Landlock."""
    try:
        return syscall(_CREATE, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def restrict(abi: int, readable: Iterable[Path] = ()) -> None:
    """Let this process and its children read beneath `readable` and reach nothing else. Raises OSError.

    no_new_privs must be set.
    """
    net, scope = (_NET_ALL if abi >= 4 else 0), (_SCOPE_ALL if abi >= 6 else 0)
    attributes = struct.pack("=QQQ", _file_rights(abi), net, scope)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    ruleset = syscall(_CREATE, ctypes.create_string_buffer(attributes, len(attributes)), size, 0)
    try:
        for path in readable:
            _allow(ruleset, path)
        syscall(_RESTRICT, ruleset, _QUIET if abi >= _QUIET_SINCE else 0)
    finally:
        os.close(ruleset)


def _file_rights(abi: int) -> int:
    """Every right on files that `abi` knows: 13 in ABI 1, then refer, truncate and (ABI 5) device ioctl."""
    count = 13 if abi < 2 else 14 if abi < 3 else 15 if abi < 5 else 16
    return (1 << count) - 1


def _allow(ruleset: int, path: Path) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _READ_FILE | _EXECUTE
        if stat.S_ISDIR(os.fstat(beneath).st_mode):
            rights |= _READ_DIR
        rule = struct.pack("=Qi", rights, beneath)
        syscall(_ADD, ruleset, _BENEATH, ctypes.create_string_buffer(rule, len(rule)), 0)
    finally:
        os.close(beneath)
