"""The trusted side of one submission: calls its functions, replaces a child that is lost."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.isolation.child import LATE, NO_TIME
from grader.isolation.connection import ChildHandle, Connection
from grader.isolation.errors import WORKER_GONE, WallError
from grader.isolation.messages import read_fault
from grader.isolation.output_buffer import MAX_BYTES
from grader.isolation.packing import ProtocolError, Unpacker, clean
from grader.isolation.prefetch import Asked, Foreseen, Packed, Plan, Prefetch, Questions
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
# How long all replies to a plan are waited for before the check begins; whatever comes later is read as it comes.
SOON_SECONDS = 0.05


class Session:
    """One submission behind the wall.

    `sources` holds the sources of each stage by file stem. A child is started at the first call, and again
    at the next call after one that hung, crashed or talked nonsense. Not for several threads at once.

    Most of the time of a call is the way there and back. So an exercise, or a check, may say beforehand what it asks
    of a right answer; see `prefetch`.
    """

    def __init__(self, start: Callable[[], ChildHandle], sources: Mapping[Any, Mapping[str, Source]]) -> None:
        self.sources = sources
        self._start = start
        self._connection: Connection | None = None
        self._check = Prefetch(settled=True)
        # Which checks the replies belong to that were asked for in advance, after those of this check.
        self._foreseen: deque[tuple[int, Questions]] = deque()
        self._has_printed = False
        self._printed = ""

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

    def foresee(self, foreseen: Foreseen, function: Function, deadline: float) -> bytes | None:
        """The checks of an exercise begin: ask what all of them will ask. A digest of all replies that came soon."""
        self._forget_all()
        self._check, self._has_printed = Prefetch(settled=True), False
        if not foreseen.turns or deadline <= time.monotonic():
            return None
        return self._digest(lambda: self._ask_all(function, foreseen, deadline), deadline)

    def _ask_all(self, function: Function, foreseen: Foreseen, deadline: float) -> bytes | None:
        connection = self._ask(function, foreseen.message, deadline, ring=True)
        self._foreseen.extend(foreseen.turns)
        soon = time.monotonic() + SOON_SECONDS * len(foreseen.turns)
        return connection.digest(foreseen.message.count, min(deadline, soon))

    def begin(self, chance: int, questions: Questions, function: Function, deadline: float) -> bytes | None:
        """A check begins: ask its questions in advance, unless they were foreseen.

        A digest of all replies, where they came soon: a check that asks nothing else comes to the same for the
        same replies. `chance` is where code that draws without a seed starts from.
        """
        self._forget(self._check.drop(), others=False)
        self._check, self._has_printed = Prefetch(chance), False
        if not questions or deadline <= time.monotonic():
            return None
        return self._digest(lambda: self._ask_in_advance(function, chance, questions, deadline), deadline)

    def _digest(self, ask: Callable[[], bytes | None], deadline: float) -> bytes | None:
        """What `ask` gives; nothing where something goes wrong, for it will again at the calls."""
        try:
            digest: bytes | None = self._talk(ask, deadline)
        except (StudentFault, TooLarge):
            return None
        return digest

    def end(self) -> bool:
        """A check is over. Whether it asked nothing but what was asked in advance, and nothing was printed."""
        return not self._check.left_plan and not self._has_printed

    def _ask_in_advance(self, function: Function, chance: int, questions: Questions, deadline: float) -> bytes | None:
        connection = self._connection
        if connection is not None and self._foreseen and self._foreseen[0] == (chance, questions):
            self._foreseen.popleft()
        else:
            self._forget_all()
            connection = self._ask(function, Asked.of([(chance, questions)]), deadline, ring=True)
        self._check.sent(questions)
        return connection.digest(len(questions), min(deadline, time.monotonic() + SOON_SECONDS))

    def call(self, function: Function, args: Sequence[Any], deadline: float) -> Any:
        """What a function returns, as plain data. Raises a StudentFault for what goes wrong.

        A TypeError for arguments that cannot cross the wall and a WallError are ours.
        """
        packed = Packed.of(args)
        return self._talk(lambda: self._answer(function, packed, deadline), deadline)

    def _answer(self, function: Function, packed: Packed, deadline: float) -> Any:
        if self._check.takes_reply(packed) and self._connection is not None:
            return self._read(*self._connection.next(deadline + GRACE_SECONDS))
        if deadline <= time.monotonic():
            raise TimedOut(NO_TIME)
        asked = self._check.to_ask()
        self._forget(self._check.drop())
        connection = self._ask(function, Asked.of([(self._check.chance(), asked)]), deadline)
        for _ in asked[:-1]:
            connection.reply([], deadline + GRACE_SECONDS)
        return self._read(*connection.reply(packed.callables, deadline + GRACE_SECONDS))

    def _ask(self, function: Function, asked: Asked, deadline: float, *, ring: bool = False) -> Connection:
        """Send calls of one function to a child that knows the sources."""
        if self._connection is None:
            self._connection = Connection(self._start())
            try:
                self._connection.tell_sources(self.sources)
            except TooLarge:
                self._end()
                raise Unusable("the submission's files are too large to be graded") from None
        header = {**function, "seconds": deadline - time.monotonic()}
        self._connection.ask(header, asked, deadline + GRACE_SECONDS, ring=ring)
        return self._connection

    def _forget(self, untaken: int, *, others: bool = True) -> None:
        """Read over replies that nobody waits for, and keep those to what other checks will ask.

        A child that takes long over them is not waited for.
        """
        end = time.monotonic() + FORGET_SECONDS
        try:
            if self._connection is not None:
                self._connection.skip(untaken, end)
                if others:
                    self._connection.await_all(end)
        except (TimeoutError, Closed, ProtocolError):
            self._end()

    def _forget_all(self) -> None:
        """Keep none of them: the checks of an exercise that came to its end early have not asked."""
        self._forget(self._check.drop())
        self._foreseen.clear()
        if self._connection is not None:
            self._connection.drop_all()

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
            raise Unusable(f"your code disturbed the connection to the grader ({problem})") from None
        except BaseException:
            self._end()
            raise

    def _read(self, reply: dict[str, Any], body: memoryview) -> Any:
        printed = reply.get("printed")
        if isinstance(printed, str):
            self._has_printed = True
            self._printed = (self._printed + clean(printed[:MAX_BYTES]))[:MAX_BYTES]
        if "fault" in reply:
            raise read_fault(reply["fault"])
        if "ok" not in reply:
            raise ProtocolError("no answer")
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
        return Unusable(f"your code ended the process ({ending or 'it closed the connection to the grader'})")

    def _end(self) -> str:
        connection, self._connection = self._connection, None
        self._check.lose_child()
        self._foreseen.clear()
        return connection.end() if connection is not None else ""


class SessionFunctions:
    """One stage's functions of a session."""

    def __init__(self, session: Session, stage: Stage) -> None:
        self.session, self.stage = session, stage

    def foresee(self, foreseen: Callable[[], Foreseen], stem: str, name: str, deadline: float) -> bytes | None:
        """See `examine.Functions`."""
        return self.session.foresee(foreseen(), self._function(stem, name), deadline)

    def begin(self, chance: int, plan: Plan, stem: str, name: str, deadline: float) -> bytes | None:
        """See `examine.Functions`."""
        return self.session.begin(chance, plan(), self._function(stem, name), deadline)

    def end(self) -> bool:
        """See `examine.Functions`."""
        return self.session.end()

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """See `examine.Functions`."""
        return self.session.call(self._function(stem, name), args, deadline)

    def _function(self, stem: str, name: str) -> Function:
        return {"stage": str(self.stage), "stem": stem, "name": name}

    def where(self, stem: str, name: str) -> Frame | None:
        """The line that defines the function; found without running anything."""
        source = self.session.sources.get(self.stage, {}).get(stem)
        return locate(source, name) if source else None
