"""Whatever bytes come from the other side, the trusted side gives a verdict in time."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable

import pytest

from grader.isolation.errors import WallError
from grader.isolation.session import GRACE_SECONDS, Session
from grader.isolation.wire import MAX_BODY, MAX_HEADER, PREFIX, Channel, TooLarge
from grader.student.faults import Raised, TimedOut, Unusable
from grader.student.loader import Source
from tests.isolation.conftest import ask

Script = Callable[[socket.socket], None]
GREETING = b'{"ready":true}'
ONE = {"ok": 1}


def frame(number: int, header: object, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return PREFIX.pack(number, len(text), len(body)) + text + body


class Actor:
    """Plays a child that follows a script."""

    def __init__(self, script: Script) -> None:
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        self.ended = False
        threading.Thread(target=self._play, args=(script, theirs), daemon=True).start()

    def _play(self, script: Script, wire: socket.socket) -> None:
        with wire:
            try:
                wire.sendall(frame(0, GREETING))
                script(wire)
            except OSError:
                pass

    def end(self) -> str:
        self.ended = True
        return ""


def answer_to(script: Script, seconds: float = 1.0) -> object:
    """What a call comes to when the child follows `script` after its greeting."""
    actor = Actor(script)
    session = Session(lambda: actor, {5: {"mine": Source("mine.py", (b"",))}})
    with session:
        return ask(session, "f", 1, seconds=seconds)


def says(data: bytes) -> Script:
    def script(wire: socket.socket) -> None:
        wire.sendall(data)
        time.sleep(0.2)

    return script


DEEP = b'{"ok":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
GARBAGE = {
    "nothing that is a frame": b"\xff" * 64,
    "a header above the cap": PREFIX.pack(1, MAX_HEADER + 1, 0),
    "a body above the cap": PREFIX.pack(1, 10, MAX_BODY + 1) + b'{"all":1} ',
    "a body of all the bytes there are": PREFIX.pack(1, 10, 2**64 - 1),
    "another number": frame(2, ONE),
    "the number of the greeting": frame(0, ONE),
    "no JSON": frame(1, b"{"),
    "not ASCII": frame(1, '{"ok":"ü"}'.encode()),
    "no object": frame(1, [1]),
    "no answer": frame(1, {}),
    "JSON that is nested 100,000 deep": frame(1, DEEP),
    "an integer of 10,000 digits": frame(1, b'{"ok":' + b"9" * 10_000 + b"}"),
    "a fault that is none": frame(1, {"fault": {"fault": "WallError", "text": "", "frames": []}}),
    "a fault of another shape": frame(1, {"fault": [1, 2]}),
    "frames that are none": frame(1, {"fault": {"fault": "Raised", "text": "", "frames": [1]}}),
    "a call of nothing": frame(1, {"back": 0, "args": []}),
    "a call of a negative number": frame(1, {"back": -1, "args": []}),
    "two answers": frame(1, ONE) + frame(1, ONE),
    "an array without its bytes": frame(1, {"ok": {"a": ["float64", [10**9]]}}),
    "a reply that is no value": frame(1, {"ok": {"a": 1, "b": 2}}),
    "a body that belongs to nothing": frame(1, ONE, b"x"),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_the_submissions_fault(name: str) -> None:
    fault = answer_to(says(GARBAGE[name]))
    assert isinstance(fault, Unusable), fault
    assert "disturbed the connection" in fault.text


def test_a_frame_that_never_ends_is_a_timeout() -> None:
    fault = answer_to(says(frame(1, ONE)[:-1]), seconds=0.05)
    assert isinstance(fault, Unusable | TimedOut)


def test_trickling_bytes_do_not_buy_time() -> None:
    def trickle(wire: socket.socket) -> None:
        for byte in frame(1, {"ok": "x" * 10_000}):
            wire.sendall(bytes([byte]))
            time.sleep(0.02)

    began = time.monotonic()
    assert isinstance(answer_to(trickle, seconds=0.2), TimedOut)
    assert time.monotonic() - began < 0.2 + GRACE_SECONDS + 10


def test_a_child_that_reads_nothing_is_a_timeout() -> None:
    actor = Actor(lambda wire: time.sleep(2))
    sources = {5: {"mine": Source("mine.py", (bytes(8 << 20),))}}
    with Session(lambda: actor, sources) as session:
        assert isinstance(ask(session, "f", 1, seconds=0.1), TimedOut)
    assert actor.ended


def test_calls_back_have_an_end() -> None:
    def call_for_ever(wire: socket.socket) -> None:
        wire.recv(1 << 16)
        while True:
            wire.sendall(frame(1, {"back": 0, "args": []}))
            wire.recv(1 << 16)

    actor = Actor(call_for_ever)
    with Session(lambda: actor, {5: {}}) as session:
        fault = ask(session, "f", lambda: None, seconds=20)
    assert isinstance(fault, Unusable)
    assert "more than 10000 times" in fault.text


def test_a_flood_that_reads_no_reply_is_a_timeout() -> None:
    def flood(wire: socket.socket) -> None:
        while True:
            wire.sendall(frame(1, {"back": 0, "args": []}))

    actor = Actor(flood)
    with Session(lambda: actor, {5: {}}) as session:
        assert isinstance(ask(session, "f", lambda: None, seconds=0.3), TimedOut | Unusable)


def test_texts_of_a_fault_are_cut_and_can_be_written() -> None:
    frames = [{"file": "\ud800" * 9000, "line": 10**50, "function": "f", "source": "s"}] * 3
    data = {"fault": "Raised", "text": "\udfff" + "x" * 10**6, "type_name": "E" * 10**5, "frames": frames}
    fault = answer_to(says(frame(1, {"fault": data})))
    assert isinstance(fault, Raised)
    assert len(json.dumps(fault.to_json())) < 50_000
    json.dumps(fault.to_json(), ensure_ascii=False).encode()


def test_a_child_that_never_greets_is_our_fault() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    actor = Actor(lambda wire: None)
    actor.channel = Channel(ours)
    with Session(lambda: actor, {5: {}}) as session, pytest.raises(WallError):
        ask(session, "f", 1)
    assert actor.ended


def test_a_message_above_the_cap_is_not_begun() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with pytest.raises(TooLarge):
            Channel(ours).send(1, {}, [bytes(MAX_BODY), b"x"])
        theirs.settimeout(0.05)
        with pytest.raises(TimeoutError):
            theirs.recv(1)
