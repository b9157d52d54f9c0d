"""The connection to one child: a greeting, numbered messages, and the replies that are due."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, Protocol

from grader.isolation.errors import WallError
from grader.isolation.messages import Reply, called_back, sources_message
from grader.isolation.packing import Packer, ProtocolError
from grader.isolation.prefetch import Asked
from grader.isolation.wire import MAX_BODY, NOW, PREFIX, Channel, Closed, TooLarge, json_text, read_header, split
from grader.student.loader import Source

GREETING_SECONDS = 20.0
MAX_CALLS_BACK = 10_000
MAX_VOLUME = 4 * MAX_BODY
# So many bytes of a frame are its number.
_NUMBER = 4

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
        # Replies that are still to come, and those that came in advance and were not taken.
        self._due = 0
        # Whether the bell is still to ring for them.
        self._rings = False
        self._waiting: deque[memoryview] = deque()

    def tell_sources(self, sources: Mapping[Any, Mapping[str, Source]]) -> None:
        """Send the submission's files, with the first calls; nothing is answered."""
        packer = Packer()
        message = {"op": "sources", "sources": packer.pack(sources_message(sources))}
        self._channel.hold(0, message, packer.parts)

    def ask(self, header: Mapping[str, Any], asked: Asked, deadline: float, *, ring: bool = False) -> None:
        """Send calls of one function in one message; as many replies are due. The child may `ring` when it is done."""
        assert not self._due, "somebody has not waited for the replies to the message before"
        self._number += 1
        head = json_text({**header, "op": "calls", "ring": ring})
        text = head[:-1] + b',"checks":' + asked.text + b"}"
        self._channel.send_text(self._number, text, asked.parts, deadline)
        self._due, self._rings = asked.count, ring

    def reply(self, callables: Callables, deadline: float) -> Reply:
        """The reply to the only call, or to the first, of the last message."""
        reply = self._conversation(callables, deadline)
        self._count()
        return reply

    def next(self, deadline: float) -> Reply:
        """The next of the replies that were asked for in advance."""
        if not self._waiting:
            self._receive(deadline)
        _, text, body = split(self._waiting.popleft())
        return read_header(text), body

    def digest(self, count: int, deadline: float) -> bytes | None:
        """A digest of the next replies that were asked for in advance; None where they are not there in time."""
        try:
            self._gather(count, deadline)
        except (TimeoutError, Closed):
            return None
        digest = sha256()
        for reply in islice(self._waiting, count):
            # All but the number of the message, which depends on what was asked before.
            digest.update(reply[_NUMBER:])
        return digest.digest()

    def skip(self, count: int, deadline: float) -> None:
        """Take so many of them unread."""
        self._collect(count, deadline)
        for _ in range(count):
            self._waiting.popleft()

    def await_all(self, deadline: float) -> None:
        """Wait until nothing is due, so that something else can be asked."""
        while self._due:
            self._receive(deadline)

    def drop_all(self) -> None:
        """Forget the replies that came in advance."""
        self._waiting.clear()

    def _gather(self, count: int, deadline: float) -> None:
        """Have so many replies, and be woken by the bell alone as long as it rings."""
        while self._rings and time.monotonic() < deadline:
            try:
                self._collect(count, NOW)
                return
            except TimeoutError:
                self._rings = self._channel.wait(self._number, deadline)
        self._collect(count, deadline)

    def _collect(self, count: int, deadline: float) -> None:
        while len(self._waiting) < count:
            self._receive(deadline)

    def _receive(self, deadline: float) -> None:
        """Wait for the next replies. What has come of one when the deadline passes is kept for the next time."""
        if not self.greeted:
            self._greet()
        for reply in self._channel.receive_several(self._due, self._number, deadline):
            self._check_number(reply)
            self._waiting.append(reply)
            self._count()

    def _count(self) -> None:
        self._due -= 1
        if not self._due and not self._channel.quiet():
            raise ProtocolError("more than an answer")

    def end(self) -> str:
        """End the child; how it had ended."""
        self._channel.close()
        return self._held.end()

    def _conversation(self, callables: Callables, deadline: float) -> Reply:
        """The next message that is no call back; calls back are answered."""
        volume = 0
        for _ in range(MAX_CALLS_BACK):
            text, body = self._next(deadline)
            header = read_header(text)
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

    def _next(self, deadline: float) -> tuple[bytes, memoryview]:
        if not self.greeted:
            self._greet()
        frame = self._channel.receive_whole(deadline)
        self._check_number(frame)
        _, text, body = split(frame)
        return text, body

    def _check_number(self, frame: memoryview) -> None:
        if PREFIX.unpack_from(frame)[0] != self._number:
            raise ProtocolError("an answer to another question")

    def _greet(self) -> None:
        """The child's first word. None of the submission's code has run yet, so what is wrong is ours."""
        try:
            number, header, _ = self._channel.receive(time.monotonic() + GREETING_SECONDS)
        except (TimeoutError, Closed, ProtocolError) as error:
            raise WallError(f"a child could not be locked in ({error})") from error
        if number != 0 or header.get("ready") is not True:
            raise WallError(f"a child could not be set up: {header.get('problem', 'no greeting')}")
        self.greeted = True
