"""Children behind the wall to test with: small sources, and one question at a time."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.isolation.errors import WallError
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.isolation.session import Session
from grader.student.faults import StudentFault
from grader.student.loader import Source

SECONDS = 5.0
MEGABYTE = 1 << 20
DEFAULT = Limits()

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def wall() -> Iterator[Sandbox]:
    """The full wall, one worker for all tests."""
    try:
        sandbox = open_sandbox("full")
    except WallError as error:
        pytest.skip(f"this machine cannot lock a child in: {error}")
    with sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def no_wall() -> Iterator[Sandbox]:
    """Plain processes."""
    with open_sandbox("none") as sandbox:
        yield sandbox


def session_of(sandbox: Sandbox, limits: Limits = DEFAULT, **files: str) -> Session:
    """A session whose stage 5 holds the given files by stem."""
    sources = {stem: Source(f"stage5/{stem}.py", (textwrap.dedent(text).encode(),)) for stem, text in files.items()}
    return sandbox.open_session({5: sources}, limits)


def ask(session: Session, name: str, *args: Any, stem: str = "mine", seconds: float = SECONDS) -> Any:
    """What the function answers, or the StudentFault that it came to."""
    try:
        return session.functions(5).call(stem, name, args, time.monotonic() + seconds)
    except StudentFault as fault:
        return fault
