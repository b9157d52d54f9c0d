"""Grading processes of one run share a start: the worker of each is a copy, as good as the one that was started."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from grader.isolation.sandbox import ForkSandbox, Sandbox, open_sandbox
from tests.isolation.conftest import ask, session_of

SOURCE = "def double(x):\n    return x * 2\n"


def opened(like: Sandbox) -> ForkSandbox:
    sandbox = open_sandbox("full", like=like)
    assert isinstance(sandbox, ForkSandbox)
    return sandbox


def answers(sandbox: Sandbox) -> bool:
    with session_of(sandbox, mine=SOURCE) as session:
        return bool(ask(session, "double", 21) == 42)


def fields(pid: int) -> list[str]:
    """State, parent and so on, as in proc(5); an ended one that nobody has waited for yet is "Z"."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["gone"]


def soon(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_a_copy_answers_behind_the_same_wall_and_ends_when_it_is_closed(wall: Sandbox) -> None:
    assert isinstance(wall, ForkSandbox)
    with opened(wall) as one, opened(wall) as other:
        assert len({wall.worker, one.worker, other.worker}) == 3
        assert fields(one.worker)[1] == fields(other.worker)[1] == str(wall.worker)
        assert one.isolation == other.isolation == wall.isolation
        assert all(map(answers, (one, other, wall)))
    assert soon(lambda: fields(one.worker)[0] in ("Z", "gone") and fields(other.worker)[0] in ("Z", "gone"))
    assert answers(wall)


def test_a_child_of_a_copy_ends_with_it(wall: Sandbox) -> None:
    with opened(wall) as copy:
        session = session_of(copy, mine="import os\ndef me(x):\n    return os.getpid()\n")
        child = ask(session, "me", 1)
        assert isinstance(child, int)
        assert fields(child)[1] == str(copy.worker)
        os.kill(copy.worker, signal.SIGKILL)
        assert soon(lambda: fields(child)[0] in ("Z", "gone"))
        session.close()


def test_who_loses_the_copy_or_gets_none_has_a_worker_of_its_own() -> None:
    with open_sandbox("full") as first:
        assert isinstance(first, ForkSandbox)
        with opened(first) as copy:
            os.kill(first.worker, signal.SIGKILL)
            # It notices within a moment that the worker that it was made by is gone.
            assert soon(lambda: fields(copy.worker)[0] in ("Z", "gone"))
            assert answers(copy)
        with opened(first) as late:
            assert answers(late)
