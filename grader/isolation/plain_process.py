"""No wall: a fresh process per submission, with the same conversation and the same time limits.

For systems that cannot lock a process in, and for whoever asks for it. What is not enforced is reported so.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from grader.isolation import startup
from grader.isolation.exit_status import how_it_ended
from grader.isolation.libraries import NONE, Libraries
from grader.isolation.limits import Limits
from grader.isolation.session import Session
from grader.isolation.wire import Channel
from grader.student.loader import Source


class PlainSandbox:
    """Starts an interpreter per submission."""

    def __init__(self, problem: str = "", libraries: Libraries = NONE) -> None:
        self._libraries = libraries
        self.isolation: dict[str, Any] = {
            "mode": "none",
            "files": None,
            "network": None,
            "processes": None,
            "signals": None,
            "memory": "rlimit" if os.path.exists("/proc/self/statm") else None,
            "user": "the same",
            "complete": False,
        }
        if problem:
            self.isolation["problem"] = problem

    def open_session(self, sources: Mapping[Any, Mapping[str, Source]], limits: Limits = Limits()) -> Session:  # noqa: B008
        """A session for one submission's sources; close it, or use it in a with-statement."""
        return Session(lambda: PlainProcess(limits, self._libraries), sources)

    def close(self) -> None:
        """There is nothing to end: every session ends its own process."""

    def __enter__(self) -> PlainSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class PlainProcess:
    """One such interpreter."""

    def __init__(self, limits: Limits, libraries: Libraries = NONE) -> None:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = startup.start(
                    "plain_child",
                    theirs,
                    memory=limits.memory,
                    processor_seconds=limits.processor_seconds,
                    libraries=asdict(libraries),
                )
        except BaseException:
            ours.close()
            raise
        self.channel = Channel(ours)

    def end(self) -> str:
        """See `connection.ChildHandle`."""
        self._kill()
        code = self._process.wait()
        if os.name != "posix":
            return f"exit status {code}"
        return how_it_ended(-code if code < 0 else code << 8)

    def _kill(self) -> None:
        """Kill the process and everything in its group; what left the group is out of reach here."""
        if os.name == "posix":
            # The group may outlive its leader, and the leader is not reaped before `wait`.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
