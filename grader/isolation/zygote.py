"""A warm, empty worker: numpy is loaded, nothing secret is here; it forks a child per request.

It never runs a submission's code itself. It is told what to do over a control socket, and ends when that
closes or when the process that started it is gone. A child is reaped only on request, so its process id
means nobody else until then. For another grading process it makes a copy of itself, which costs a hundredth of a
start.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import warnings
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from grader.isolation.child import live
from grader.isolation.errors import WallError
from grader.isolation.libraries import allow
from grader.isolation.library import keep_library
from grader.isolation.limits import Limits
from grader.isolation.lockdown import Lockdown, prepare
from grader.isolation.preload import preload, shut_the_library
from grader.isolation.probe import probe
from grader.isolation.warm_up import warm_up
from grader.isolation.wire import Channel

LOOK_ROUND_SECONDS = 2.0
MAX_MESSAGE = 1 << 16


class Zygote:
    """The worker, after it is warm."""

    def __init__(
        self, control: socket.socket, lockdown: Lockdown, isolation: Mapping[str, Any], allowed: Collection[str] = ()
    ) -> None:
        self.lockdown, self.isolation, self.allowed = lockdown, isolation, allowed
        self._begin(control)

    def _begin(self, control: socket.socket) -> None:
        """Listen to `control` from here on: a worker without children or copies."""
        self.control = control
        self.starter = os.getppid()
        self.process = os.getpid()
        self.children: set[int] = set()
        self.copies: list[int] = []
        self._tell({"isolation": self.isolation, "worker": self.process})

    def serve(self) -> None:
        """Fork and reap on request until the control socket closes."""
        while os.getppid() == self.starter:
            try:
                message, files, _, _ = socket.recv_fds(self.control, MAX_MESSAGE, 2)
            except TimeoutError:
                continue
            if not message:
                return
            request = json.loads(message)
            if request["op"] == "copy":
                # Several may ask at once: each is answered over the socket that it sent.
                self._copy(*files)
            else:
                self._tell(self._done(request, files))

    def _done(self, request: dict[str, Any], files: list[int]) -> dict[str, Any]:
        if request["op"] == "fork":
            limits = Limits(request["memory"], request["processor_seconds"])
            return {"pid": self._fork(limits, files)}
        return {"status": self._end(request["pid"])}

    def _copy(self, control: int) -> None:
        pid = os.fork()
        if pid == 0:
            self.control.close()
            self._begin(socket.socket(fileno=control))
        else:
            os.close(control)
            self.copies.append(pid)

    def _fork(self, limits: Limits, wires: Sequence[int]) -> int:
        pid = os.fork()
        if pid == 0:
            self._become_child(limits, wires)
        for wire in wires:
            os.close(wire)
        self.children.add(pid)
        return pid

    def _become_child(self, limits: Limits, wires: Sequence[int]) -> NoReturn:
        try:
            channel = Channel(*(socket.socket(fileno=wire) for wire in wires))
            try:
                self.lockdown.enter(limits, self.process, [self.control.detach()])
            except OSError as error:
                channel.send(0, {"problem": str(error)}, [])
            else:
                live(channel, self.allowed)
        finally:
            os._exit(71)

    def _end(self, pid: int) -> int | None:
        """Kill the child, if it still lives, and return its wait status; None for a child that is not ours."""
        if pid not in self.children:
            # A child of the worker before us; the number may be somebody else's by now.
            return None
        os.kill(pid, signal.SIGKILL)
        self.children.discard(pid)
        return os.waitpid(pid, 0)[1]

    def end_all(self) -> None:
        """Leave no child behind, and no zombie."""
        for pid in list(self.children):
            self._end(pid)
        # These end when nobody speaks with them any more.
        for pid in self.copies:
            os.waitpid(pid, 0)

    def _tell(self, answer: dict[str, Any]) -> None:
        self.control.settimeout(None)
        self.control.sendall(json.dumps(answer).encode())
        self.control.settimeout(LOOK_ROUND_SECONDS)


def main(control: socket.socket, config: dict[str, Any]) -> None:
    """Warm up, say what can be enforced, serve."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            preload()
            keep_library()
            allow(config["libraries"])
            warm_up()
        shut_the_library()
        lockdown = prepare(tuple(Path(path) for path in config["readable"]))
        isolation = probe(lockdown)
    except WallError as error:
        control.sendall(json.dumps({"problem": str(error)}).encode())
        return
    os.environ.clear()
    sys.argv = sys.orig_argv = [""]
    gc.collect()
    gc.disable()
    gc.freeze()
    zygote = Zygote(control, lockdown, isolation, config["libraries"]["names"])
    try:
        zygote.serve()
    finally:
        zygote.end_all()
        os._exit(0)
