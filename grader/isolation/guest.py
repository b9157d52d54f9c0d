"""The trusted side of one submission: calls its functions, replaces a child that is lost."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Protocol

from grader.faults import Frame, StudentFault, TimedOut, Unusable
from grader.isolation.ahead import Memory, Packed, holds_answers
from grader.isolation.child import LATE, MAX_PRINTED, NO_TIME
from grader.isolation.errors import WallError
from grader.isolation.messages import Reply, called_back, read_fault, rooms_message, split_replies
from grader.isolation.packing import Garbage, Packer, Unpacker, clean
from grader.isolation.wire import MAX_BODY, Channel, Closed, TooLarge
from grader.loader import Source, locate

Stage = int | str
# Which function of which file of which stage, as it goes over the wire.
Function = dict[str, Any]
# The child's own alarm rings at the deadline and can still say on which line the code was.
GRACE_SECONDS = 0.3
GREETING_SECONDS = 20.0
MAX_CALLS_BACK = 10_000
MAX_VOLUME = 4 * MAX_BODY

# How long answers that were asked for in vain may take, before a fresh child is cheaper.
FORGET_SECONDS = 0.05


class Held(Protocol):
    """A child as the trusted side holds it."""

    @property
    def channel(self) -> Channel: ...

    def end(self) -> str:
        """Kill the child and whatever belongs to it; say how it had ended, "" where it was still alive."""


class Guest:
    """One submission behind the wall.

    `rooms` holds the sources of each stage by file stem. A child is started at the first call, and again
    at the next call after one that hung, crashed or talked nonsense. Not for several threads at once.

    Most of the time of a call is the way there and back, and a check asks every submission the same. So
    `memory` keeps, by check, what was asked when it passed, and the next submission is asked all of it at
    once; an answer is used only where the check then asks for exactly that. A question that holds a part of
    an answer is never kept: it would give a right answer away.
    """

    def __init__(
        self, start: Callable[[], Held], rooms: Mapping[Any, Mapping[str, Source]], memory: Memory | None = None
    ) -> None:
        self.rooms = rooms
        self._start = start
        self._held: Held | None = None
        self._greeted = False
        self._number = 0
        self._printed = ""
        self._memory = memory if memory is not None else {}
        self._asked: list[Packed] = []
        self._told: list[bytes] = []
        self._asked_more = False
        self._hung: TimedOut | None = None
        self._foreseen: deque[Packed] = deque()
        self._due = 0
        self._replies: deque[Reply] = deque()

    def functions(self, stage: Stage) -> GuestFunctions:
        """The functions of one stage, to be called as `examine.Functions`."""
        return GuestFunctions(self, stage)

    def take_printed(self) -> str:
        """What the code printed in the calls since this was last asked: 10 kB at most."""
        printed, self._printed = self._printed, ""
        return printed

    def close(self) -> None:
        """End the child, if there is one."""
        self._end()

    def __enter__(self) -> Guest:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, key: str, function: Function, deadline: float) -> bytes | None:
        """A check begins: ask what it asked when it last passed. Whatever goes wrong shows at the calls.

        A digest of all replies, where they came in one piece: a check that asks nothing else comes to the
        same for the same replies.
        """
        self._forget()
        self._asked, self._told, self._asked_more, self._hung = [], [], False, None
        foreseen = self._memory.get(key)
        if not foreseen or deadline <= time.monotonic():
            return None
        try:
            self._talk(lambda: self._send(function, foreseen, deadline), deadline)
            self._foreseen.extend(foreseen)
            digest: bytes | None = self._talk(lambda: self._first_replies(deadline), deadline)
            return digest
        except TimedOut as fault:
            self._hung = fault
        except (StudentFault, TooLarge):
            pass
        return None

    def end(self, key: str, passed: bool) -> bool:
        """A check is over; remember what it asked if it passed. Whether it asked nothing unforeseen."""
        if passed and key not in self._memory and not any(packed.callables for packed in self._asked):
            self._memory[key] = [] if holds_answers(self._asked, self._told) else self._asked
        return not self._asked_more

    def _first_replies(self, deadline: float) -> bytes | None:
        """Wait for the replies to what was foreseen; a digest of them if one message held them all, in time."""
        try:
            self._receive([], deadline)
        except Closed:
            # A later question may have ended the child: they are asked again, one by one.
            if not self._greeted:
                raise
            self._end()
        late = time.monotonic() > deadline
        if late or self._held is None or self._due or any("printed" in reply for reply, _ in self._replies):
            return None
        digest = blake2b(self._held.channel.text)
        for _, body in self._replies:
            digest.update(body)
        return digest.digest()

    def call(self, function: Function, args: Sequence[Any], deadline: float) -> Any:
        """What a function returns, as plain data. Raises a StudentFault for what goes wrong.

        A TypeError for arguments that cannot cross the wall and a WallError are ours.
        """
        packer = Packer()
        packed = Packed(packer.pack(list(args)), packer.parts, packer.callables)
        self._asked.append(packed)
        if self._hung is not None:
            fault, self._hung = self._hung, None
            raise fault
        return self._talk(lambda: self._ask(function, packed, deadline), deadline)

    def _ask(self, function: Function, packed: Packed, deadline: float) -> Any:
        if self._foreseen and self._foreseen[0] == packed:
            self._foreseen.popleft()
            try:
                return self._answer(packed, deadline)
            except Closed:
                # A later question may have ended the child: ask them one by one.
                if not self._greeted:
                    raise
                self._end()
        if deadline <= time.monotonic():
            raise TimedOut(NO_TIME)
        self._forget()
        self._asked_more = True
        self._send(function, [packed], deadline)
        return self._answer(packed, deadline)

    def _send(self, function: Function, asked: Sequence[Packed], deadline: float) -> None:
        """Send calls of one function in one message; as many replies are due."""
        channel = self._channel(deadline)
        header = {**function, "op": "calls", "args": [packed.tree for packed in asked]}
        header["seconds"] = deadline - time.monotonic()
        self._number += 1
        parts = [part for packed in asked for part in packed.parts]
        channel.send(self._number, header, parts, deadline + GRACE_SECONDS)
        self._due = len(asked)

    def _forget(self) -> None:
        """Read over the replies that nobody waits for; a child that takes long over them is not waited for."""
        self._foreseen.clear()
        self._replies.clear()
        until = time.monotonic() + FORGET_SECONDS
        try:
            while self._due and self._held is not None:
                self._due -= len(split_replies(*self._next(self._held.channel, until), self._due))
        except (TimeoutError, Closed, Garbage):
            self._end()

    def _talk(self, talk: Callable[[], Any], deadline: float) -> Any:
        """Do something over the wire; whatever the child does wrong becomes a fault, and its end."""
        try:
            return talk()
        except StudentFault:
            raise
        except TimeoutError:
            self._end()
            raise TimedOut(LATE) from None
        except Closed:
            raise self._lost(deadline) from None
        except Garbage as garbage:
            self._end()
            raise Unusable(f"your code disturbed the line to the grader ({garbage})") from None
        except BaseException:
            self._end()
            raise

    def _channel(self, deadline: float) -> Channel:
        """The wire to a child that knows the sources."""
        if self._held is None:
            self._held, self._greeted = self._start(), False
            packer = Packer()
            message = {"op": "rooms", "rooms": packer.pack(rooms_message(self.rooms))}
            try:
                self._held.channel.send(0, message, packer.parts, deadline + GRACE_SECONDS)
            except TooLarge:
                self._end()
                raise Unusable("the submission's files are too large to be graded") from None
        return self._held.channel

    def _answer(self, packed: Packed, deadline: float) -> Any:
        """The reply to the next call that one is due for."""
        if not self._replies:
            self._receive(packed.callables, deadline)
        return self._read(*self._replies.popleft())

    def _receive(self, callables: list[Callable[..., Any]], deadline: float) -> None:
        """The next message with replies."""
        assert self._held is not None
        channel = self._held.channel
        header, body = self._conversation(channel, callables, deadline + GRACE_SECONDS)
        self._replies.extend(split_replies(header, body, self._due))
        self._due -= len(self._replies)
        if not self._due and not channel.quiet():
            raise Garbage("more than an answer")

    def _conversation(
        self, channel: Channel, callables: list[Callable[..., Any]], deadline: float
    ) -> tuple[dict[str, Any], bytes]:
        """The next message that is no call back; calls back are answered."""
        volume = 0
        for _ in range(MAX_CALLS_BACK):
            header, body = self._next(channel, deadline)
            volume += len(body)
            if volume > MAX_VOLUME:
                raise Garbage("too many bytes in one call")
            if "back" not in header:
                return header, body
            reply, parts = called_back(callables, header, body)
            try:
                channel.send(self._number, reply, parts, deadline)
            except TooLarge as error:
                raise Garbage(f"it passed on more than can be carried: {error}") from error
        raise Garbage(f"it called a function that it was given more than {MAX_CALLS_BACK} times")

    def _next(self, channel: Channel, deadline: float) -> tuple[dict[str, Any], bytes]:
        if not self._greeted:
            self._greet(channel)
        number, header, body = channel.receive(deadline)
        if number != self._number:
            raise Garbage("an answer to another question")
        return header, body

    def _greet(self, channel: Channel) -> None:
        """The child's first word. None of the submission's code has run yet, so what is wrong is ours."""
        try:
            number, header, _ = channel.receive(time.monotonic() + GREETING_SECONDS)
        except (TimeoutError, Closed, Garbage) as error:
            ending = self._end()
            raise WallError(f"a child could not be locked in ({error}{ending and '; '}{ending})") from error
        if number != 0 or header.get("ready") is not True:
            raise WallError(f"a child could not be set up: {header.get('problem', 'no greeting')}")
        self._greeted = True

    def _read(self, reply: dict[str, Any], body: bytes) -> Any:
        printed = reply.get("printed")
        if isinstance(printed, str):
            self._printed = (self._printed + clean(printed[:MAX_PRINTED]))[:MAX_PRINTED]
        if "fault" in reply:
            raise read_fault(reply["fault"])
        if "ok" not in reply:
            raise Garbage("no answer")
        self._told.append(body)
        return Unpacker(body).whole(reply["ok"])

    def _lost(self, deadline: float) -> StudentFault:
        greeted = self._greeted
        ending = self._end()
        if not greeted:
            raise WallError(f"a child could not be locked in ({ending or 'it closed the wire'})")
        if time.monotonic() >= deadline:
            return TimedOut(LATE)
        return Unusable(f"your code ended the process ({ending or 'it closed the line to the grader'})")

    def _end(self) -> str:
        held, self._held = self._held, None
        self._foreseen.clear()
        self._replies.clear()
        self._due = 0
        if held is None:
            return ""
        held.channel.close()
        return held.end()


class GuestFunctions:
    """One stage's functions of a guest."""

    def __init__(self, guest: Guest, stage: Stage) -> None:
        self.guest, self.stage = guest, stage

    def begin(self, key: str, stem: str, name: str, deadline: float) -> bytes | None:
        """See `examine.Functions`."""
        return self.guest.begin(key, self._function(stem, name), deadline)

    def end(self, key: str, passed: bool) -> bool:
        """See `examine.Functions`."""
        return self.guest.end(key, passed)

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """See `examine.Functions`."""
        return self.guest.call(self._function(stem, name), args, deadline)

    def _function(self, stem: str, name: str) -> Function:
        return {"stage": str(self.stage), "stem": stem, "name": name}

    def where(self, stem: str, name: str) -> Frame | None:
        """The line that defines the function; found without running anything."""
        source = self.guest.rooms.get(self.stage, {}).get(stem)
        return locate(source, name) if source else None
