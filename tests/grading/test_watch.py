"""A grading process that hangs or dies costs its own exercise, and the batch goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import pytest

from grader.course.catalogue import stage
from grader.grading import watch as watching
from grader.grading.pool import Done, Pool
from grader.grading.watch import Lost, Watch, may_go_on

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these functions reach a process by a fork")

FIRST, SECOND = stage(5).exercises[:2]


@dataclass(frozen=True)
class Task:
    """What a process of this test does at each of two exercises."""

    first: str
    second: str
    lost: tuple[Lost, ...] = ()


def serve(connection: Connection, watch: Watch) -> None:
    """As a grading process does, but that it hangs where it is told to."""
    while True:
        task: Task = connection.recv()
        watch.begin(task.lost)
        found = []
        for exercise, what in ((FIRST, task.first), (SECOND, task.second)):
            lost = watch.verdict(exercise)
            watch.turn_to(exercise, time.monotonic() + 0.2)
            if lost is None:
                act(what)
            watch.turn_away()
            found.append(lost[0] if lost else "judged")
        watch.end()
        connection.send(((found, round(watch.spent, 1)), ""))


def act(what: str) -> None:
    """Hang where nothing of Python's helps, or die."""
    if what == "hangs":
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        time.sleep(60)
    if what == "dies":
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SLACK_SECONDS", 0.5)


def done(*tasks: Task) -> list[Done[Any]]:
    with Pool[Task](serve, 2) as pool:
        return list(pool.run(tasks))


@pytest.mark.parametrize(
    ("task", "found"),
    [
        (Task("hangs", "is judged"), ["timeout", "judged"]),
        (Task("is judged", "hangs"), ["judged", "timeout"]),
        (Task("hangs", "hangs"), ["timeout", "timeout"]),
        (Task("dies", "is judged"), ["error", "judged"]),
        (Task("is judged", "dies"), ["judged", "error"]),
    ],
)
def test_only_the_exercise_that_ended_the_process_is_lost(task: Task, found: list[str]) -> None:
    honest = [Task("is judged", "is judged")] * 5
    results = done(*honest[:2], task, *honest[2:])
    assert not [result.problem for result in results if result.problem]
    answers = [result.answer for result in results]
    assert answers.count((["judged", "judged"], 0.0)) == 5
    assert [got for got, _ in answers if got != ["judged", "judged"]] == [found]


def test_time_that_went_with_a_process_is_gone() -> None:
    (result,) = done(Task("hangs", "is judged"))
    assert result.answer[1] == pytest.approx(0.2, abs=0.15)


def test_a_submission_is_not_tried_for_ever() -> None:
    somewhere = Lost((5, 0), late=False, spent=1.0)
    nowhere = Lost(None, late=False, spent=0.0)
    assert may_go_on([somewhere] * watching.MOST_LOST)
    assert not may_go_on([somewhere] * (watching.MOST_LOST + 1))
    assert may_go_on([nowhere])
    assert not may_go_on([nowhere, nowhere])
    assert not may_go_on([Lost(None, late=True, spent=120.0)])
    watch = Watch()
    watch.begin([somewhere] * watching.MOST_LOST)
    assert watch.spent == float("inf")


def test_a_grading_process_cannot_fill_the_machine() -> None:
    code = (
        "import numpy as np\n"
        "from grader.isolation.limits import bound_own_memory\n"
        "bound_own_memory(64 << 20)\n"
        "np.ones(4 << 20)\n"
        "try:\n    np.ones(64 << 20)\nexcept MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
