"""Where children come from: a warm worker that forks them (the wall), or plain processes (no wall).

with open_sandbox("auto") as sandbox:
    with sandbox.open_session({5: sources}) as session:
        session.functions(5).call("heads", "split_heads", (x, 2), time.monotonic() + 1)
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from grader.isolation import landlock, startup
from grader.isolation.errors import WORKER_GONE, WallError
from grader.isolation.exit_status import how_it_ended
from grader.isolation.libraries import NONE, Libraries, find_libraries
from grader.isolation.limits import Limits
from grader.isolation.session import Session
from grader.isolation.wire import ROOM, Channel
from grader.student.loader import Source

WARM_UP_SECONDS = 60.0
REPLY_SECONDS = 10.0
MODES = ("auto", "full", "none")
_MAX_MESSAGE = 1 << 16


class Sandbox(Protocol):
    """What both kinds of sandbox offer."""

    @property
    def isolation(self) -> Mapping[str, Any]:
        """What is enforced: "mode", and per concern the mechanism or None; "complete" if all hold."""

    def open_session(self, sources: Mapping[Any, Mapping[str, Source]], limits: Limits = ...) -> Session:
        """A session for one submission's sources (by stage, then by file stem)."""

    def close(self) -> None: ...

    def __enter__(self) -> Sandbox: ...

    def __exit__(self, *_: object) -> None: ...


def open_sandbox(
    mode: str = "auto", readable: Iterable[Path] = (), allow: Collection[str] = (), like: Sandbox | None = None
) -> Sandbox:
    """A sandbox: "full" has the whole wall or raises WallError, "none" has none, "auto" takes what there is.

    A locked-in child opens no file at all; `readable` names directories that it may read nevertheless,
    which takes a kernel with Landlock. `allow` names the libraries that a course has beside numpy; they are
    loaded beforehand, and readable where the kernel can make them so. `like` is a sandbox of the same kind that the
    process which forked this one has open: the worker is then a copy of the one there.
    """
    from grader.isolation.plain_process import PlainSandbox

    if mode not in MODES:
        raise ValueError(f"isolation is one of {', '.join(MODES)}, not {mode!r}")
    libraries = find_libraries(allow)
    if mode == "none":
        return PlainSandbox(libraries=libraries)
    try:
        sandbox = ForkSandbox(readable, libraries, like if isinstance(like, ForkSandbox) else None)
    except WallError as error:
        if mode == "full":
            raise
        return PlainSandbox(str(error), libraries)
    if sandbox.isolation["complete"] or mode == "auto":
        return sandbox
    sandbox.close()
    raise WallError(f"this system cannot lock a submission in: {sandbox.isolation}")


class ForkSandbox:
    """A zygote and the children that it forked. Several threads may open_session sessions at once."""

    def __init__(
        self, readable: Iterable[Path] = (), libraries: Libraries = NONE, like: ForkSandbox | None = None
    ) -> None:
        if sys.platform != "linux":
            raise WallError("only Linux can lock a process in as it is done here")
        self._readable = [str(Path(path).resolve()) for path in readable]
        self._libraries = libraries
        if landlock.version():
            self._readable += libraries.readable
        self._lock = threading.Lock()
        self._closed = False
        self._owner = os.getpid()
        try:
            self._warm_up(like)
        except WallError:
            if like is None:
                raise
            self._warm_up()

    def open_session(self, sources: Mapping[Any, Mapping[str, Source]], limits: Limits = Limits()) -> Session:  # noqa: B008
        """A session for one submission's sources; close it, or use it in a with-statement."""
        return Session(lambda: self._fork(limits), sources)

    @property
    def worker(self) -> int:
        """The worker's process id."""
        return self._worker

    def close(self) -> None:
        """End the worker and with it every child."""
        self._closed = True
        self._control.close()
        # A fork of the process that opened the sandbox has no business with its worker.
        if self._owner == os.getpid():
            _finish(self._process)

    def __enter__(self) -> ForkSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _warm_up(self, like: ForkSandbox | None = None) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        config = {"readable": self._readable, "libraries": asdict(self._libraries)}
        self._process: subprocess.Popen[bytes] | None = None
        with theirs:
            if like is not None:
                like.copy_worker(theirs)
            else:
                self._process = startup.start("zygote", theirs, **config)
        try:
            told = self._hear(WARM_UP_SECONDS)
            if "isolation" not in told:
                raise WallError(str(told.get("problem", "the worker did not start")))
        except WallError:
            self._control.close()
            _finish(self._process)
            raise
        self._worker = int(told["worker"])
        self.isolation: dict[str, Any] = {"mode": "full", **told["isolation"]}

    def copy_worker(self, control: socket.socket) -> None:
        """Have the worker copied, with this control socket for the copy; called in a fork of who opened the sandbox.

        A fork lets go of the worker with it, so that the worker ends with who opened it.
        """
        with contextlib.suppress(OSError):
            socket.send_fds(self._control, [json.dumps({"op": "copy"}).encode()], [control.fileno()])
        if self._owner != os.getpid():
            self.close()

    def _fork(self, limits: Limits) -> ForkedChild:
        (wire, their_wire), (bell, their_bell) = socket.socketpair(), socket.socketpair()
        their_wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
        channel = Channel(wire, bell)
        request = {"op": "fork", "memory": limits.memory, "processor_seconds": limits.processor_seconds}
        try:
            with their_wire, their_bell:
                pid = self._ask_twice(request, [their_wire.fileno(), their_bell.fileno()])["pid"]
        except BaseException:
            channel.close()
            raise
        return ForkedChild(channel, self, pid)

    def _ask_twice(self, request: dict[str, Any], wires: Sequence[int]) -> dict[str, Any]:
        """Ask the worker; if somebody ended it, ask a new one."""
        try:
            return self.ask(request, wires)
        except WallError:
            if self._closed or self._owner != os.getpid():
                raise
        with self._lock:
            self._control.close()
            _finish(self._process)
            self._warm_up()
        return self.ask(request, wires)

    def ask(self, request: dict[str, Any], files: Iterable[int] = ()) -> dict[str, Any]:
        """Send one request to the worker and return its answer. Raises WallError where there is none."""
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], list(files))
            except OSError as error:
                raise WallError(f"the worker is gone: {error}") from error
            return self._hear(REPLY_SECONDS)

    def _hear(self, seconds: float) -> dict[str, Any]:
        try:
            self._control.settimeout(seconds)
            data = self._control.recv(_MAX_MESSAGE)
            return dict(json.loads(data))
        except (OSError, ValueError) as error:
            raise WallError(f"the worker is gone: {error}") from error


class ForkedChild:
    """A forked child; only the worker, its parent, can reap it."""

    def __init__(self, channel: Channel, sandbox: ForkSandbox, pid: int) -> None:
        self.channel, self.pid = channel, pid
        self._sandbox = sandbox

    def end(self) -> str:
        """See `connection.ChildHandle`."""
        try:
            status = self._sandbox.ask({"op": "end", "pid": self.pid})["status"]
        except WallError:
            return WORKER_GONE
        return WORKER_GONE if status is None else how_it_ended(status)


def _finish(process: subprocess.Popen[bytes] | None) -> None:
    """Let the process end by itself for a moment, then kill it; its children die with it. A copy ends by itself."""
    if process is None:
        return
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def capabilities() -> Mapping[str, Any]:
    """What this machine can enforce, found out by trying: see `Sandbox.isolation`."""
    with open_sandbox("auto") as sandbox:
        return sandbox.isolation
