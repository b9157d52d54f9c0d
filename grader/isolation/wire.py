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
_CHUNK = 1 << 16
# The bell rings at the latest when so many bytes wait to be read: a socket holds no more than some of these.
_MOST_WAITING = 1 << 16

_dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_loads = json.JSONDecoder().decode

# A frame as it came: its number, header and body.
Frame = tuple[int, bytes, bytes]


class Closed(EOFError):
    """The other side is gone."""


class TooLarge(ValueError):
    """A message above the caps, noticed before anything of it was sent."""


def json_text(value: Any) -> bytes:
    """A header, or a part of one, as it stands in a frame."""
    return _dumps(value).encode("ascii")


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
        self._buffer = bytearray()
        self._held = b""
        self._silent = 0

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
        self.ring(number, least=_MOST_WAITING)

    def wait(self, number: int, deadline: float) -> None:
        """Wait until the bell, if there is one, rings for message `number`; not beyond the deadline."""
        if self._bell is None:
            return
        with contextlib.suppress(OSError):
            while (left := deadline - time.monotonic()) > 0:
                self._bell.settimeout(left)
                rung = self._bell.recv(_CHUNK)
                if not rung or rung[-1] == number % 256:
                    return

    def receive(self, deadline: float | None = None) -> tuple[int, dict[str, Any], bytes]:
        """Read one frame: its number, header and body. Raises ProtocolError, TimeoutError or Closed.

        What has come when the deadline passes stays for the next call.
        """
        number, text, body = self.receive_text(deadline)
        return number, read_header(text), body

    def receive_text(self, deadline: float | None = None) -> Frame:
        """The same with the header as it came."""
        self._fill(PREFIX.size, deadline)
        number, header_size, body_size = PREFIX.unpack_from(self._buffer)
        if header_size > MAX_HEADER or body_size > MAX_BODY:
            raise ProtocolError("a frame above the caps")
        middle = PREFIX.size + header_size
        end = middle + body_size
        self._fill(end, deadline)
        with memoryview(self._buffer) as view:
            text, body = bytes(view[PREFIX.size : middle]), bytes(view[middle:end])
        del self._buffer[:end]
        return number, text, body

    def quiet(self) -> bool:
        """Whether everything that came was read: after the one answer there must be nothing more."""
        return not self._buffer

    def close(self) -> None:
        self.socket.close()
        if self._bell is not None:
            self._bell.close()

    def _fill(self, size: int, deadline: float | None) -> None:
        while len(self._buffer) < size:
            self._more(size - len(self._buffer), deadline)

    def _more(self, missing: int, deadline: float | None) -> None:
        try:
            self._set(deadline)
            data = self.socket.recv(max(_CHUNK, min(missing, 1 << 20)))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from error
        if not data:
            raise Closed("the other side closed the wire")
        self._buffer += data

    def _set(self, deadline: float | None) -> None:
        if deadline is None:
            # A locked-in child may not even ask for what its socket already is: blocking.
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        self.socket.settimeout(left)


def _frame(number: int, text: bytes, parts: list[bytes]) -> bytes:
    size = sum(map(len, parts))
    if len(text) > MAX_HEADER or size > MAX_BODY:
        raise TooLarge(f"{len(text) + size} bytes are too many for one message")
    return b"".join((PREFIX.pack(number, len(text), size), text, *parts))
