"""How a process ended, in words."""

from __future__ import annotations

import os
import signal


def how_it_ended(status: int) -> str:
    """A wait status in words; "" for a process that we had to kill."""
    if os.WIFEXITED(status):
        return f"exit status {os.WEXITSTATUS(status)}"
    number = os.WTERMSIG(status)
    if number == signal.SIGKILL:
        return ""
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    words = {"SIGSEGV": "a segmentation fault", "SIGXCPU": "no processor time was left"}
    return words.get(name, name)
