"""Children behind the wall to test with: small sources, and one question at a time."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.isolation.errors import WallError
from grader.isolation.guest import Guest
from grader.isolation.limits import Limits
from grader.isolation.nursery import AnyNursery, open_nursery
from grader.student.faults import StudentFault
from grader.student.loader import Source

SECONDS = 5.0
MEGABYTE = 1 << 20
DEFAULT = Limits()

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def wall() -> Iterator[AnyNursery]:
    """The full wall, one worker for all tests."""
    try:
        nursery = open_nursery("full")
    except WallError as error:
        pytest.skip(f"this machine cannot lock a child in: {error}")
    with nursery:
        yield nursery


@pytest.fixture(scope="session")
def no_wall() -> Iterator[AnyNursery]:
    """Plain processes."""
    with open_nursery("none") as nursery:
        yield nursery


def guest_of(nursery: AnyNursery, limits: Limits = DEFAULT, **files: str) -> Guest:
    """A guest whose stage 5 holds the given files by stem."""
    rooms = {stem: Source(f"stage5/{stem}.py", (textwrap.dedent(text).encode(),)) for stem, text in files.items()}
    return nursery.admit({5: rooms}, limits)


def ask(guest: Guest, name: str, *args: Any, stem: str = "mine", seconds: float = SECONDS) -> Any:
    """What the function answers, or the StudentFault that it came to."""
    try:
        return guest.functions(5).call(stem, name, args, time.monotonic() + seconds)
    except StudentFault as fault:
        return fault
