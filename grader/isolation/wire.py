"""Frames on a socket: a number, the lengths of header and body, a JSON header, raw bytes.

The trusted side reads with a deadline for the whole frame, so bytes that trickle in do not prolong it, and
refuses lengths above the caps before it makes room for them.
"""

from __future__ import annotations

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

_dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_loads = json.JSONDecoder().decode


class Closed(EOFError):
    """The other side is gone."""


class TooLarge(ValueError):
    """A message above the caps, noticed before anything of it was sent."""


class Channel:
    """One end of the wire. Deadlines are moments of `time.monotonic()`; None waits for ever."""

    def __init__(self, end: socket.socket) -> None:
        self.socket = end
        self._buffer = bytearray()
        # The header that was last received, as it came.
        self.text = b""

    def send(self, number: int, header: dict[str, Any], parts: list[bytes], deadline: float | None = None) -> None:
        """Write one frame. Raises TooLarge, TimeoutError or Closed."""
        text = _dumps(header).encode("ascii")
        size = sum(map(len, parts))
        if len(text) > MAX_HEADER or size > MAX_BODY:
            raise TooLarge(f"{len(text) + size} bytes are too many for one message")
        try:
            self._set(deadline)
            self.socket.sendall(b"".join((PREFIX.pack(number, len(text), size), text, *parts)))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from error

    def receive(self, deadline: float | None = None) -> tuple[int, dict[str, Any], bytes]:
        """Read one frame: its number, header and body. Raises ProtocolError, TimeoutError or Closed.

        What has come when the deadline passes stays for the next call.
        """
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
        self.text = text
        try:
            header = _loads(text.decode("ascii"))
        except (ValueError, RecursionError, MemoryError) as error:
            raise ProtocolError("no JSON") from error
        if not isinstance(header, dict):
            raise ProtocolError("no header")
        return number, header, body

    def quiet(self) -> bool:
        """Whether everything that came was read: after the one answer there must be nothing more."""
        return not self._buffer

    def close(self) -> None:
        self.socket.close()

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
