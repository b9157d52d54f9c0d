"""The trusted side of one submission: calls its functions, replaces a child that is lost."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zlib import crc32

from grader.isolation.child import LATE, NO_TIME
from grader.isolation.connection import ChildHandle, Connection
from grader.isolation.errors import WORKER_GONE, WallError
from grader.isolation.messages import read_fault
from grader.isolation.output_buffer import MAX_BYTES
from grader.isolation.packing import Packer, ProtocolError, Unpacker, clean
from grader.isolation.prefetch import Memory, Packed, holds_answers
from grader.isolation.wire import Closed, TooLarge
from grader.student.faults import Frame, StudentFault, TimedOut, Unusable
from grader.student.loader import Source, locate

Stage = int | str
# Which function of which file of which stage, as it goes over the wire.
Function = dict[str, Any]
# The child's own alarm rings at the deadline and can still say on which line the code was.
GRACE_SECONDS = 0.3
# How long answers that were asked for in vain may take, before a fresh child is cheaper.
FORGET_SECONDS = 0.05


class Session:
    """One submission behind the wall.

    `sources` holds the sources of each stage by file stem. A child is started at the first call, and again
    at the next call after one that hung, crashed or talked nonsense. Not for several threads at once.

    Most of the time of a call is the way there and back, and a check asks every submission the same. So
    `memory` keeps, by check, what was asked when it passed, and the next submission is asked all of it at
    once; an answer is used only where the check then asks for exactly that. A question that holds a part of
    an answer is never kept: it would give a right answer away.
    """

    def __init__(
        self,
        start: Callable[[], ChildHandle],
        sources: Mapping[Any, Mapping[str, Source]],
        memory: Memory | None = None,
    ) -> None:
        self.sources = sources
        self._start = start
        self._connection: Connection | None = None
        self._printed = ""
        self._memory = memory if memory is not None else {}
        self._asked: list[Packed] = []
        self._told: list[bytes] = []
        self._asked_more = False
        self._hung: TimedOut | None = None
        self._chance, self._settled = 0, True
        self._foreseen: deque[Packed] = deque()

    def functions(self, stage: Stage) -> SessionFunctions:
        """The functions of one stage, to be called as `examine.Functions`."""
        return SessionFunctions(self, stage)

    def take_printed(self) -> str:
        """What the code printed in the calls since this was last asked: 10 kB at most."""
        printed, self._printed = self._printed, ""
        return printed

    def close(self) -> None:
        """End the child, if there is one."""
        self._end()

    def __enter__(self) -> Session:
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
        self._chance, self._settled = crc32(key.encode()), False
        foreseen = self._memory.get(key)
        if not foreseen or deadline <= time.monotonic():
            return None
        try:
            digest: bytes | None = self._talk(lambda: self._ask_ahead(function, foreseen, deadline), deadline)
            return digest
        except TimedOut as fault:
            self._hung = fault
        except (StudentFault, TooLarge):
            pass
        return None

    def end(self, key: str, passed: bool) -> bool:
        """A check is over; remember what it asked if it passed. Whether it asked nothing unforeseen."""
        if passed and key not in self._memory and not any(packed.callables for packed in self._asked):
            self._memory[key] = [] if holds_answers(self._asked, self._told) else list(self._asked)
        return not self._asked_more

    def _ask_ahead(self, function: Function, foreseen: Sequence[Packed], deadline: float) -> bytes | None:
        """Ask what is foreseen, and wait for the first replies; a digest of all, if these were all, in time."""
        connection = self._ask(function, foreseen, deadline)
        self._foreseen.extend(foreseen)
        try:
            connection.receive([], deadline + GRACE_SECONDS)
        except Closed:
            # A later question may have ended the child: they are asked again, one by one.
            if not connection.greeted:
                raise
            self._end()
            return None
        return connection.digest() if time.monotonic() <= deadline else None

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
        return self._talk(lambda: self._answer(function, packed, deadline), deadline)

    def _answer(self, function: Function, packed: Packed, deadline: float) -> Any:
        # Where more was asked than this check wants to know, chance has gone on too far: it goes this way again.
        stale = bool(self._foreseen)
        before = self._asked[:-1] if stale else []
        if self._foreseen and self._foreseen[0] == packed and self._connection is not None:
            self._foreseen.popleft()
            try:
                return self._read(*self._connection.reply([], deadline + GRACE_SECONDS))
            except Closed:
                if not self._connection.greeted:
                    raise
                self._end()
        if deadline <= time.monotonic():
            raise TimedOut(NO_TIME)
        self._forget()
        self._asked_more = True
        self._settled = self._settled and not stale
        connection = self._ask(function, [*before, packed], deadline)
        for _ in before:
            connection.reply([], deadline + GRACE_SECONDS)
        return self._read(*connection.reply(packed.callables, deadline + GRACE_SECONDS))

    def _ask(self, function: Function, asked: Sequence[Packed], deadline: float) -> Connection:
        """Send calls of one function to a child that knows the sources."""
        if self._connection is None:
            self._connection = Connection(self._start())
            try:
                self._connection.tell_sources(self.sources, deadline + GRACE_SECONDS)
            except TooLarge:
                self._end()
                raise Unusable("the submission's files are too large to be graded") from None
        header = {**function, "seconds": deadline - time.monotonic()}
        if not self._settled:
            # Every check finds chance in a state of its own, whatever was asked before it.
            header["chance"], self._settled = self._chance, True
        self._connection.ask(header, asked, deadline + GRACE_SECONDS)
        return self._connection

    def _forget(self) -> None:
        """Read over the replies that nobody waits for; a child that takes long over them is not waited for."""
        self._foreseen.clear()
        try:
            if self._connection is not None:
                self._connection.skip(time.monotonic() + FORGET_SECONDS)
        except (TimeoutError, Closed, ProtocolError):
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
        except ProtocolError as problem:
            self._end()
            raise Unusable(f"your code disturbed the line to the grader ({problem})") from None
        except BaseException:
            self._end()
            raise

    def _read(self, reply: dict[str, Any], body: bytes) -> Any:
        printed = reply.get("printed")
        if isinstance(printed, str):
            self._printed = (self._printed + clean(printed[:MAX_BYTES]))[:MAX_BYTES]
        if "fault" in reply:
            raise read_fault(reply["fault"])
        if "ok" not in reply:
            raise ProtocolError("no answer")
        self._told.append(body)
        return Unpacker(body).whole(reply["ok"])

    def _lost(self, deadline: float) -> StudentFault:
        greeted = self._connection is not None and self._connection.greeted
        ending = self._end()
        if not greeted:
            raise WallError(f"a child could not be locked in ({ending or 'it closed the wire'})")
        if ending == WORKER_GONE:
            # No submission reaches the worker, so it is no fault of this one.
            raise WallError("the worker was ended from outside, and the child with it")
        if time.monotonic() >= deadline:
            return TimedOut(LATE)
        return Unusable(f"your code ended the process ({ending or 'it closed the line to the grader'})")

    def _end(self) -> str:
        connection, self._connection = self._connection, None
        self._settled = False
        self._foreseen.clear()
        return connection.end() if connection is not None else ""


class SessionFunctions:
    """One stage's functions of a session."""

    def __init__(self, session: Session, stage: Stage) -> None:
        self.session, self.stage = session, stage

    def begin(self, key: str, stem: str, name: str, deadline: float) -> bytes | None:
        """See `examine.Functions`."""
        return self.session.begin(key, self._function(stem, name), deadline)

    def end(self, key: str, passed: bool) -> bool:
        """See `examine.Functions`."""
        return self.session.end(key, passed)

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """See `examine.Functions`."""
        return self.session.call(self._function(stem, name), args, deadline)

    def _function(self, stem: str, name: str) -> Function:
        return {"stage": str(self.stage), "stem": stem, "name": name}

    def where(self, stem: str, name: str) -> Frame | None:
        """The line that defines the function; found without running anything."""
        source = self.session.sources.get(self.stage, {}).get(stem)
        return locate(source, name) if source else None
