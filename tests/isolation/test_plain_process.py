"""Without a wall the conversation, the time limits and the verdicts are the same."""

from __future__ import annotations

import time

import numpy as np

from grader.isolation.sandbox import Sandbox
from grader.student.faults import Raised, TimedOut, Unusable
from tests.isolation.conftest import ask, session_of
from tests.isolation.test_containment import SOURCE


def test_calls_hangs_and_crashes_come_to_the_same(no_wall: Sandbox) -> None:
    assert no_wall.isolation["mode"] == "none"
    assert no_wall.isolation["complete"] is False
    with session_of(no_wall, mine=SOURCE) as session:
        np.testing.assert_array_equal(ask(session, "right", np.zeros(2)), np.ones(2))
        assert isinstance(ask(session, "loops", 1, seconds=0.3), TimedOut)
        assert isinstance(ask(session, "ignores_the_alarm", 1, seconds=0.3), TimedOut)
        fault = ask(session, "leaves", 1)
        assert isinstance(fault, Unusable)
        assert "exit status 0" in fault.text
        assert isinstance(ask(session, "exits", 1), Raised)
        assert ask(session, "says", 2) == 1
        assert session.take_printed() == "hello 2\noh\n"


def test_a_child_process_in_its_group_does_not_outlive_it(no_wall: Sandbox) -> None:
    forks = """
        import os, time
        def forks():
            pid = os.fork()
            if pid == 0:
                while True:
                    time.sleep(1)
            return pid
        """
    with session_of(no_wall, mine=forks) as session:
        pid = ask(session, "forks")
        assert runs(pid)
    until = time.monotonic() + 5
    while runs(pid) and time.monotonic() < until:
        time.sleep(0.01)
    assert not runs(pid)


def runs(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
