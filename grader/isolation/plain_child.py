"""A child without a wall: the same conversation, in a process of its own."""

from __future__ import annotations

import socket
import sys
from typing import Any

from grader.isolation.child import live
from grader.isolation.libraries import allow
from grader.isolation.limits import Limits, address_space, bound_child
from grader.isolation.preload import shut_the_library
from grader.isolation.wire import Channel


def main(wire: socket.socket, config: dict[str, Any]) -> None:
    """Bound what this system can bound, then answer calls."""
    sys.argv = sys.orig_argv = [""]
    shut_the_library(config["library"])
    allow(config["libraries"])
    limits = Limits(config["memory"], config["processor_seconds"])
    bound_child(limits, address_space())
    live(Channel(wire), config["libraries"]["names"])
