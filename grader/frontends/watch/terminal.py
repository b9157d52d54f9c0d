"""The terminal while keys are read one by one: taken over, and given back whole whatever happens."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_CLEAR = "\x1b[H\x1b[2J\x1b[3J"


class Terminal:
    """The terminal behind a file descriptor as it was found; where there is none, nothing is done.

    `text` is what `as_text` of another process said of the same terminal.
    """

    def __init__(self, fd: int, text: str = "") -> None:
        self._fd, self._found = fd, json.loads(text) if text else _attributes(fd)

    def as_text(self) -> str:
        """For another process."""
        return json.dumps(self._found)

    def restore(self) -> None:
        """As it was found, even from a process in the background."""
        if self._found is None:
            return
        import signal
        import termios

        with suppress(ValueError):
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        with suppress(termios.error):
            *flags, keys = self._found
            termios.tcsetattr(self._fd, termios.TCSANOW, [*flags, [bytes([key]) for key in keys]])

    @contextmanager
    def keys(self) -> Iterator[None]:
        """Keys come at once and are not shown. Ctrl-C stays what it is."""
        if self._found is None:
            yield
            return
        import tty

        try:
            tty.setcbreak(self._fd)
            yield
        finally:
            self.restore()


def _attributes(fd: int) -> Any:
    try:
        import termios
    except ImportError:  # Windows
        return None
    with suppress(termios.error):
        *flags, keys = termios.tcgetattr(fd)
        return [*flags, [key if isinstance(key, int) else ord(key) for key in keys]]
    return None


def size() -> os.terminal_size:
    """The terminal's size now; COLUMNS and LINES may hold what it was when somebody else asked."""
    with suppress(OSError, ValueError):
        return os.get_terminal_size(sys.stdout.fileno())
    return os.terminal_size((80, 24))


def read_key() -> str:
    """The next key, waiting for it; "" where there is nothing more to read."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch()
    with suppress(OSError):
        return os.read(sys.stdin.fileno(), 1).decode("ascii", "replace")
    return ""


def clear() -> None:
    """An empty screen, and what was above it with it."""
    if has_signs():
        sys.stdout.write(_CLEAR)


def has_signs() -> bool:
    """Whether the terminal knows escape sequences."""
    return os.environ.get("TERM", "") != "dumb"


def has_colour() -> bool:
    """Whether to use colours."""
    return has_signs() and not os.environ.get("NO_COLOR")
