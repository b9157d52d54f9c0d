"""The connection to one child: a greeting, numbered messages, and the replies that are due."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Protocol

from grader.isolation.errors import WallError
from grader.isolation.messages import Reply, called_back, sources_message
from grader.isolation.packing import Packer, ProtocolError
from grader.isolation.prefetch import Packed
from grader.isolation.wire import MAX_BODY, Channel, Closed, TooLarge
from grader.student.loader import Source

GREETING_SECONDS = 20.0
MAX_CALLS_BACK = 10_000
MAX_VOLUME = 4 * MAX_BODY

Callables = Sequence[Callable[..., Any]]


class ChildHandle(Protocol):
    """A child as the trusted side holds it."""

    @property
    def channel(self) -> Channel: ...

    def end(self) -> str:
        """Kill the child and whatever belongs to it; say how it had ended, "" where it was still alive."""


class Connection:
    """Speaks with one child.

    Whatever the child does wrong is ProtocolError, Closed or TimeoutError; before its greeting it is a WallError.
    """

    def __init__(self, held: ChildHandle) -> None:
        self._held = held
        self._channel = held.channel
        self._number = 0
        self.greeted = False
        self._due = 0
        self._replies: deque[Reply] = deque()
        self._digest = blake2b()

    def tell_sources(self, sources: Mapping[Any, Mapping[str, Source]], deadline: float) -> None:
        """Send the submission's files; nothing is answered."""
        packer = Packer()
        message = {"op": "sources", "sources": packer.pack(sources_message(sources))}
        self._channel.send(0, message, packer.parts, deadline)

    def ask(self, header: Mapping[str, Any], asked: Sequence[Packed], deadline: float) -> None:
        """Send calls in one message; as many replies are due."""
        self._number += 1
        message = {**header, "op": "calls", "args": [packed.tree for packed in asked]}
        self._channel.send(self._number, message, [part for packed in asked for part in packed.parts], deadline)
        self._due, self._digest = len(asked), blake2b()

    def reply(self, callables: Callables, deadline: float) -> Reply:
        """The reply to the next call that one is due for."""
        if not self._replies:
            self._receive(callables, deadline)
        return self._replies.popleft()

    def digest(self, deadline: float) -> bytes | None:
        """A digest of all replies that are due; None where they are not there in time, or something was printed."""
        try:
            while self._due:
                self._receive([], deadline)
        except (TimeoutError, Closed):
            return None
        return None if any("printed" in reply for reply, _ in self._replies) else self._digest.digest()

    def skip(self, deadline: float) -> None:
        """Read over all replies that are due."""
        self._replies.clear()
        while self._due:
            self._next(deadline)
            self._due -= 1

    def _receive(self, callables: Callables, deadline: float) -> None:
        """Wait for the next reply. What has come of it when the deadline passes is kept for the next time."""
        header, body = self._conversation(callables, deadline)
        self._digest.update(self._channel.text)
        self._digest.update(body)
        self._replies.append((header, body))
        self._due -= 1
        if not self._due and not self._channel.quiet():
            raise ProtocolError("more than an answer")

    def end(self) -> str:
        """End the child; how it had ended."""
        self._channel.close()
        return self._held.end()

    def _conversation(self, callables: Callables, deadline: float) -> tuple[dict[str, Any], bytes]:
        """The next message that is no call back; calls back are answered."""
        volume = 0
        for _ in range(MAX_CALLS_BACK):
            header, body = self._next(deadline)
            volume += len(body)
            if volume > MAX_VOLUME:
                raise ProtocolError("too many bytes in one call")
            if "back" not in header:
                return header, body
            reply, parts = called_back(callables, header, body)
            try:
                self._channel.send(self._number, reply, parts, deadline)
            except TooLarge as error:
                raise ProtocolError(f"it passed on more than can be carried: {error}") from error
        raise ProtocolError(f"it called a function that it was given more than {MAX_CALLS_BACK} times")

    def _next(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        if not self.greeted:
            self._greet()
        number, header, body = self._channel.receive(deadline)
        if number != self._number:
            raise ProtocolError("an answer to another question")
        return header, body

    def _greet(self) -> None:
        """The child's first word. None of the submission's code has run yet, so what is wrong is ours."""
        try:
            number, header, _ = self._channel.receive(time.monotonic() + GREETING_SECONDS)
        except (TimeoutError, Closed, ProtocolError) as error:
            raise WallError(f"a child could not be locked in ({error})") from error
        if number != 0 or header.get("ready") is not True:
            raise WallError(f"a child could not be set up: {header.get('problem', 'no greeting')}")
        self.greeted = True
