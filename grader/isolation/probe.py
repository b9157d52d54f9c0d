"""What this machine can enforce: found out by locking a child in and letting it try."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from grader.isolation.limits import MEGABYTE, Limits
from grader.isolation.lockdown import Lockdown

ENOUGH = ("files", "network", "processes", "signals")
_SMALL = Limits(memory=64 * MEGABYTE, processor_seconds=10)


def probe(lockdown: Lockdown) -> dict[str, Any]:
    """A report: what holds files, network, processes, signals and memory, or None; `complete` if all of it.

    Must be called in a process with one thread.
    """
    held = _tried(lockdown)
    landlock = f"landlock-{lockdown.abi}" if lockdown.abi else ""
    walls = {
        "files": "+".join(filter(None, ("seccomp", landlock))),
        "network": "+".join(filter(None, ("seccomp", landlock if lockdown.abi >= 4 else ""))),
        "processes": "seccomp",
        "signals": "+".join(filter(None, ("seccomp", landlock if lockdown.abi >= 6 else ""))),
        "memory": "rlimit",
    }
    report: dict[str, Any] = {name: wall if held.get(name) is True else None for name, wall in walls.items()}
    report["user"] = lockdown.user
    report["complete"] = all(report[name] for name in walls)
    if "problem" in held:
        report["problem"] = str(held["problem"])
    return report


def _tried(lockdown: Lockdown) -> dict[str, Any]:
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _try_and_tell(lockdown, parent, theirs.detach())
    theirs.close()
    with ours:
        ours.settimeout(10)
        try:
            told = json.loads(ours.recv(1 << 16) or b"{}")
        except (OSError, ValueError):
            told = {"problem": "the locked-in child did not answer"}
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return dict(told)


def _try_and_tell(lockdown: Lockdown, parent: int, wire: int) -> None:
    try:
        try:
            lockdown.enter(_SMALL, parent, [])
            told: dict[str, Any] = {name: not attempt(parent) for name, attempt in _ATTEMPTS.items()}
        except OSError as error:
            told = {"problem": f"the lock-down failed: {error}"}
        os.write(wire, json.dumps(told).encode())
    finally:
        os._exit(0)


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, MemoryError):
        return False
    return True


def _files(parent: int) -> bool:
    ways = (
        lambda: os.close(os.open("/", os.O_RDONLY)),
        lambda: os.close(os.open(sys.executable, os.O_RDONLY)),
        lambda: os.close(os.open("/proc/self/environ", os.O_RDONLY)),
        lambda: os.close(os.open("/dev/null", os.O_WRONLY)),
        lambda: os.truncate("/dev/null", 0),
    )
    return any(map(_succeeds, ways))


def _network(parent: int) -> bool:
    return any(_succeeds(lambda family=family: socket.socket(family).close()) for family in _families())  # type: ignore[misc]


def _families() -> list[int]:
    return [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX]


def _processes(parent: int) -> bool:
    return _succeeds(_fork_and_leave)


def _fork_and_leave() -> None:
    if os.fork() == 0:
        os._exit(0)


def _signals(parent: int) -> bool:
    return _succeeds(lambda: os.kill(parent, 0))


def _memory(parent: int) -> bool:
    return _succeeds(lambda: bytearray(4 * _SMALL.memory))


_ATTEMPTS: dict[str, Callable[[int], bool]] = {
    "files": _files,
    "network": _network,
    "processes": _processes,
    "signals": _signals,
    "memory": _memory,
}
