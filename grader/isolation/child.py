"""The untrusted side: loads a submission's files and answers calls, one at a time.

This process holds no test, no seed and no answer. What it says is believed only as far as its form goes:
a submission may do here whatever it likes, to itself.
"""

from __future__ import annotations

import builtins
import gc
import os
import random
import signal
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NoReturn

import numpy as np

from grader.isolation.output_buffer import OutputBuffer
from grader.isolation.packing import Packer, Unpacker
from grader.isolation.wire import Channel, TooLarge
from grader.student.faults import OutOfTime, StudentFault, TimedOut, Unusable, fault_from_json
from grader.student.loader import Source, StageModules
from grader.student.plain import plain

LATE = "your code did not come to an end"
NO_TIME = "no time was left"
TOO_MUCH = "your code used more memory than it may"
REPEAT_SECONDS = 0.05

# What a call came to, and the raw parts of it.
Reply = tuple[dict[str, Any], list[bytes]]


class Child:
    """Answers what comes over `channel` until it closes."""

    def __init__(self, channel: Channel, allowed: Collection[str] = ()) -> None:
        self.channel, self.allowed = channel, allowed
        self.stages: dict[str, StageModules] = {}
        self.alarm = _Alarm()
        self.output = OutputBuffer()
        self.number = 0

    def serve(self) -> NoReturn:
        """Greet, then answer for ever; Closed is raised when the trusted side is gone."""
        self.greet()
        while True:
            self.turn()

    def greet(self) -> None:
        """Say that everything is locked and ready."""
        self.channel.send(0, {"ready": True}, [])

    def turn(self) -> None:
        """Read one message and do what it says."""
        self.number, header, body = self.channel.receive()
        if header["op"] == "sources":
            self.stages = _stages(Unpacker(body).whole(header["sources"]), self.allowed)
        else:
            self._answer(header, body)

    def _answer(self, header: Mapping[str, Any], body: memoryview) -> None:
        """Answer the calls of one message in their order, check by check."""
        checks, ring = Unpacker(body, self._proxy).whole(header["checks"]), header["ring"]
        with self.alarm.set(header["seconds"]), self.stages[header["stage"]].active():
            for chance, calls in checks:
                if chance is not None:
                    settle_chance(chance)
                for args in calls:
                    # Each at once: what comes next may never come to an end.
                    self._send(*self._reply(header, args))
                    if ring:
                        self.channel.ring_if_full(self.number)
        if ring:
            self.channel.ring(self.number)

    def _reply(self, header: Mapping[str, Any], args: list[Any]) -> Reply:
        self.output.reset()
        packer = Packer()
        try:
            reply = {"ok": packer.pack(self._called(header, args))}
        except OutOfTime:
            self.alarm.armed = False
            reply, packer = {"fault": TimedOut(LATE).to_json()}, Packer()
        except StudentFault as fault:
            reply, packer = {"fault": fault.to_json()}, Packer()
        except MemoryError:
            reply, packer = {"fault": Unusable(TOO_MUCH).to_json()}, Packer()
        printed = self.output.text()
        if printed:
            reply["printed"] = printed
        return reply, packer.parts

    def _called(self, header: Mapping[str, Any], args: list[Any]) -> Any:
        if self.alarm.rang:
            raise TimedOut(NO_TIME)
        modules = self.stages[header["stage"]]
        self.alarm.armed = True
        try:
            return modules.call(header["stem"], header["name"], args)
        except KeyboardInterrupt as interrupt:
            # Nobody presses keys here: the student raised it.
            raise modules.fault(interrupt) from interrupt
        finally:
            self.alarm.armed = False

    def _send(self, reply: dict[str, Any], parts: list[bytes]) -> None:
        try:
            self.channel.send(self.number, reply, parts)
        except (TooLarge, MemoryError) as error:
            self.channel.send(self.number, {"fault": _too_large(error).to_json()}, [])

    def _proxy(self, index: int) -> Callable[..., Any]:
        number = self.number

        def function(*args: Any, **named: Any) -> Any:
            if self.number != number:
                raise RuntimeError("this function was given to an earlier call")
            return self._call_back(index, (*args, *named.values()))

        return function

    def _call_back(self, index: int, args: tuple[Any, ...]) -> Any:
        packer = Packer()
        tree = packer.pack([plain(arg) for arg in args])
        with self.alarm.held():
            self.channel.send(self.number, {"back": index, "args": tree}, packer.parts)
            _, header, body = self.channel.receive()
        if "fault" in header:
            raise fault_from_json(header["fault"])
        if "raise" in header:
            raise _exception(*header["raise"])
        return Unpacker(body, self._proxy).whole(header["result"])


def _too_large(error: Exception) -> StudentFault:
    return Unusable(f"what your code returned cannot be carried to the checks: {error or TOO_MUCH}")


def _exception(name: str, text: str) -> Exception:
    """What the called-back function raised, as the built-in exception of that name."""
    kind = getattr(builtins, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = type(name, (Exception,), {})
    try:
        made: Exception = kind(text)
    except TypeError:  # UnicodeDecodeError and its like want more
        return RuntimeError(text)
    return made


def _stages(data: Mapping[str, Any], allowed: Collection[str]) -> dict[str, StageModules]:
    """The modules of every stage; sources that were one object are one object again."""
    sources = [Source(*fields) for fields in data["sources"]]
    return {
        stage: StageModules({stem: sources[index] for stem, index in stems.items()}, allowed)
        for stage, stems in data["stages"].items()
    }


class _Alarm:
    """Throws OutOfTime into the student's code, so that a late answer can say on which line it was.

    It is thrown only while `armed`. Code that swallows it is ended by the trusted side a moment later.
    """

    def __init__(self) -> None:
        self.armed = self.rang = self._held = False

    def listen(self) -> None:
        """Be the one whom the timer's signal reaches, whatever the submission made of it since."""
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._ring)

    @contextmanager
    def set(self, seconds: float) -> Iterator[None]:
        """Ring after `seconds`, and again until this ends."""
        self.rang = False
        if not hasattr(signal, "setitimer"):
            yield
            return
        signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3), REPEAT_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Do not ring in here: half a frame would be left on the wire."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self.rang:
            raise OutOfTime

    def _ring(self, signum: int, frame: object) -> None:
        self.rang = True
        if self.armed and not self._held:
            raise OutOfTime


def settle_chance(seed: int) -> None:
    """Let code that draws without a seed draw the same in every run, so that verdicts can be repeated."""
    random.seed(seed)
    np.random.seed(seed)
    # Where numpy takes the entropy of unseeded generators from.
    np.random.bit_generator.randbits = _entropy(seed)  # type: ignore[attr-defined]


def _entropy(seed: int, source: type[random.Random] = random.Random) -> Callable[[int], int]:
    """Random bits; few ask for any, so what makes them waits until somebody does."""
    made = lru_cache(1)(lambda: source(seed))
    return lambda bits: made().getrandbits(bits)


def live(channel: Channel, allowed: Collection[str] = ()) -> NoReturn:
    """A child's whole life; it never returns and runs nobody's exit handlers."""
    code = 0
    try:
        settle_chance(0)
        gc.enable()
        Child(channel, allowed).serve()
    except EOFError:
        pass
    except BaseException:
        code = 70
    finally:
        os._exit(code)
