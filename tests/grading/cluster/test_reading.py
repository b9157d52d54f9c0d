"""The client's readers: several submissions in one go, and one that ends its reader costs the others nothing."""

from __future__ import annotations

import os
import sys

import pytest

from grader.grading.cluster.reading import AT_ONCE, Readers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends a process by a signal")


def read(task: str) -> str:
    """Half of the tasks are read; one is damaged, and one ends its reader."""
    if task == "deadly":
        os.kill(os.getpid(), 9)
    if task == "damaged":
        raise ValueError("no such file")
    return f"text of {task}"


def test_each_task_gets_its_own_answer_though_several_are_read_in_one_go() -> None:
    tasks = [f"student-{n}" for n in range(2 * AT_ONCE + 3)]
    tasks[1], tasks[AT_ONCE + 1] = "deadly", "damaged"
    readers = Readers(read, 2)
    done = {one.task: one for one in readers.run(tasks)}
    readers.close()
    assert done.keys() == set(tasks)
    assert "ended unexpectedly" in done["deadly"].problem
    assert done["damaged"].problem.endswith("ValueError: no such file\n")
    good = [task for task in tasks if task.startswith("student")]
    assert [(done[task].answer, done[task].problem) for task in good] == [(f"text of {task}", "") for task in good]
