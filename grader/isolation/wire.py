"""Frames on a socket: a number, the lengths of header and body, a JSON header, raw bytes.

The trusted side reads with a deadline for the whole frame, so bytes that trickle in do not prolong it, and
refuses lengths above the caps before it makes room for them.

Waking whoever waits for a frame costs more than the frame. So where many replies come one after the other, the
trusted side waits for a bell, a second socket, which the child rings when all of them are there.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import time
from typing import Any

from grader.isolation.packing import ProtocolError

PREFIX = struct.Struct("<IIQ")
MAX_HEADER = 4 << 20
MAX_BODY = 64 << 20
_CHUNK = 1 << 14
# What is read at once where many frames are waited for.
_MANY = 1 << 18
# A deadline: what is not there already is not waited for.
NOW = 0.0
# What the child's socket should hold of replies that nobody reads yet; the system may hold less.
ROOM = 1 << 20
# The bell rings at the latest when such a part of it is filled: what the socket needs beside the bytes counts, too.
_FULL = 8

# JSONEncoder.encode would make the encoder in C anew for each of many short headers.
_encode = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
    None, json.JSONEncoder().default, json.encoder.encode_basestring_ascii, None, ":", ",", False, False, True
)
_loads = json.JSONDecoder().decode

# A frame as it came: its number, header and body.
Frame = tuple[int, bytes, memoryview]


class Closed(EOFError):
    """The other side is gone."""


class TooLarge(ValueError):
    """A message above the caps, noticed before anything of it was sent."""


def json_text(value: Any) -> bytes:
    """A header, or a part of one, as it stands in a frame."""
    return "".join(_encode(value, 0)).encode("ascii")


def read_header(text: bytes) -> dict[str, Any]:
    """The header that a frame holds. Raises ProtocolError."""
    try:
        header = _loads(text.decode("ascii"))
    except (ValueError, RecursionError, MemoryError) as error:
        raise ProtocolError("no JSON") from error
    if not isinstance(header, dict):
        raise ProtocolError("no header")
    return header


class Channel:
    """One end of the wire. Deadlines are moments of `time.monotonic()`; None waits for ever."""

    def __init__(self, end: socket.socket, bell: socket.socket | None = None) -> None:
        self.socket, self._bell = end, bell
        # What has come, how much of it was taken, and the pieces that are less than what is waited for.
        self._buffer, self._at = b"", 0
        self._pieces: list[bytes] = []
        self._held = b""
        self._silent = 0
        self._most_silent = end.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // _FULL

    def hold(self, number: int, header: dict[str, Any], parts: list[bytes]) -> None:
        """Keep a frame for the next one, to be sent with it. Raises TooLarge."""
        self._held += _frame(number, json_text(header), parts)

    def send(self, number: int, header: dict[str, Any], parts: list[bytes], deadline: float | None = None) -> None:
        """Write one frame. Raises TooLarge, TimeoutError or Closed."""
        self.send_text(number, json_text(header), parts, deadline)

    def send_text(self, number: int, text: bytes, parts: list[bytes], deadline: float | None = None) -> None:
        """The same for a header that is text already."""
        data, self._held = self._held + _frame(number, text, parts), b""
        try:
            self._set(deadline)
            self.socket.sendall(data)
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from error
        self._silent += len(data)

    def ring(self, number: int, *, least: int = 0) -> None:
        """Wake the other side, if it waits for a bell, once `least` bytes were sent since it rang."""
        if self._bell is not None and self._silent >= least:
            self._silent = 0
            # A bell that the other side has closed wakes nobody.
            with contextlib.suppress(OSError):
                self._bell.send(bytes([number % 256]))

    def ring_if_full(self, number: int) -> None:
        """Wake the other side before there is no room for what it has not read."""
        self.ring(number, least=self._most_silent)

    def wait(self, number: int, deadline: float) -> bool:
        """Wait until the bell, if there is one, rings for message `number`, not beyond the deadline: whether it did."""
        if self._bell is None:
            return False
        with contextlib.suppress(OSError):
            while (left := deadline - time.monotonic()) > 0:
                self._bell.settimeout(left)
                rung = self._bell.recv(_CHUNK)
                if not rung or rung[-1] == number % 256:
                    return bool(rung)
        return False

    def receive(self, deadline: float | None = None) -> tuple[int, dict[str, Any], memoryview]:
        """Read one frame: its number, header and body. Raises ProtocolError, TimeoutError or Closed.

        What has come when the deadline passes stays for the next call.
        """
        number, text, body = split(self.receive_whole(deadline))
        return number, read_header(text), body

    def receive_whole(self, deadline: float | None = None, at_once: int = _CHUNK) -> memoryview:
        """The same in one piece, as it came; `at_once` bytes or more are read, if so many are there."""
        self._fill(PREFIX.size, deadline, at_once)
        _, header_size, body_size = PREFIX.unpack_from(self._buffer, self._at)
        if header_size > MAX_HEADER or body_size > MAX_BODY:
            raise ProtocolError("a frame above the caps")
        size = PREFIX.size + header_size + body_size
        self._fill(size, deadline, at_once)
        begin, self._at = self._at, self._at + size
        return memoryview(self._buffer)[begin : self._at]

    def receive_several(self, most: int, number: int, deadline: float | None = None) -> list[memoryview]:
        """The next frame, and those of this number that came with it: so many at most."""
        frames = [self.receive_whole(deadline, _MANY)]
        view, at, end = memoryview(self._buffer), self._at, len(self._buffer)
        while len(frames) < most and end - at >= PREFIX.size:
            other, header_size, body_size = PREFIX.unpack_from(view, at)
            size = PREFIX.size + header_size + body_size
            # What is wrong with a frame shows when it is the next.
            if other != number or header_size > MAX_HEADER or body_size > MAX_BODY or size > end - at:
                break
            frames.append(view[at : at + size])
            at += size
        self._at = at
        return frames

    def quiet(self) -> bool:
        """Whether everything that came was read: after the one answer there must be nothing more."""
        return self._at == len(self._buffer) and not self._pieces

    def close(self) -> None:
        self.socket.close()
        if self._bell is not None:
            self._bell.close()

    def _fill(self, size: int, deadline: float | None, at_once: int) -> None:
        """Have `size` bytes in one piece that were not taken yet."""
        there = len(self._buffer) - self._at
        if there >= size:
            return
        there += sum(map(len, self._pieces))
        while there < size:
            self._pieces.append(self._more(max(at_once, min(size - there, 1 << 20)), deadline))
            there += len(self._pieces[-1])
        rest = [self._buffer[self._at :]] if self._at < len(self._buffer) else []
        pieces, self._pieces, self._at = rest + self._pieces, [], 0
        self._buffer = pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _more(self, most: int, deadline: float | None) -> bytes:
        try:
            self._set(deadline)
            data = self.socket.recv(most)
        except TimeoutError:
            raise
        except BlockingIOError as error:
            raise TimeoutError("nothing is there") from error
        except OSError as error:
            raise Closed(str(error)) from error
        if not data:
            raise Closed("the other side closed the wire")
        return data

    def _set(self, deadline: float | None) -> None:
        if deadline is None:
            # A locked-in child may not even ask for what its socket already is: blocking.
            return
        left = deadline - time.monotonic() if deadline != NOW else NOW
        if left <= 0 and deadline != NOW:
            raise TimeoutError("the deadline has passed")
        self.socket.settimeout(left)


def split(frame: memoryview) -> Frame:
    """A whole frame as its number, header and body."""
    number, header_size, _ = PREFIX.unpack_from(frame)
    middle = PREFIX.size + header_size
    return number, bytes(frame[PREFIX.size : middle]), frame[middle:]


def _frame(number: int, text: bytes, parts: list[bytes]) -> bytes:
    size = sum(map(len, parts))
    if len(text) > MAX_HEADER or size > MAX_BODY:
        raise TooLarge(f"{len(text) + size} bytes are too many for one message")
    return b"".join((PREFIX.pack(number, len(text), size), text, *parts))
