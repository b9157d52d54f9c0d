"""The connection to one child: a greeting, numbered messages, and the replies that are due."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Protocol

from grader.isolation.errors import WallError
from grader.isolation.messages import Reply, called_back, sources_message, split_replies
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
        self.due = 0
        self.replies: deque[Reply] = deque()

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
        self.due = len(asked)

    def reply(self, callables: Callables, deadline: float) -> Reply:
        """The reply to the next call that one is due for."""
        if not self.replies:
            self.receive(callables, deadline)
        return self.replies.popleft()

    def receive(self, callables: Callables, deadline: float) -> None:
        """Wait for the next message with replies."""
        header, body = self._conversation(callables, deadline)
        self.replies.extend(split_replies(header, body, self.due))
        self.due -= len(self.replies)
        if not self.due and not self._channel.quiet():
            raise ProtocolError("more than an answer")

    def skip(self, deadline: float) -> None:
        """Read over all replies that are due."""
        self.replies.clear()
        while self.due:
            self.due -= len(split_replies(*self._next(deadline), self.due))

    def digest(self) -> bytes | None:
        """A digest of all replies to one message, where they came in one piece and nothing was printed."""
        if self.due or any("printed" in reply for reply, _ in self.replies):
            return None
        digest = blake2b(self._channel.text)
        for _, body in self.replies:
            digest.update(body)
        return digest.digest()

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
