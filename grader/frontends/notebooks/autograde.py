"""Grading all submissions of an assignment at once, into nbgrader's gradebook.

Grading itself happens in a pool of processes, each with its own wall. This process alone writes: grades first and
the autograded notebook last, with the key of everything that it came from. So a run that was killed goes on where
it stopped, and whoever has no grade gets one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from grader.frontends.notebooks.assignment import Assignment
from grader.frontends.notebooks.beside import link_problem
from grader.frontends.notebooks.course import CourseError
from grader.frontends.notebooks.event import Event
from grader.frontends.notebooks.worker import NO_WALL, Spec, Task
from grader.grading.pool import Done
from grader.isolation.errors import WallError

# What grades, made for an assignment and so many submissions.
Executing = Callable[[Spec, int], Any]


def autograde(
    course: Path, name: str, executor: Executing, only: Sequence[str] = (), force: bool = False
) -> tuple[int, list[str], Iterator[Event]]:
    """Grade every submission that is new, changed or unmarked: how many there are, what the course says by now and
    the release does not, and an event for each submission when it is done.

    Raises CourseError where there is nothing to grade; the events raise WallError and ClusterError.
    """
    assignment = Assignment(course.resolve(), name)
    students = assignment.students()
    unknown = sorted(set(only) - set(students))
    if unknown or not students:
        who = f"from {unknown[0]!r}" if unknown else "at all"
        raise CourseError(f"no submission {who} in {assignment.directory.submitted_directory}/*/{name}")
    wanted = [student for student in students if not only or student in only]
    problems = {student: link_problem(assignment.source(student)) for student in wanted}
    refused = [Event(student, problem=problem) for student, problem in problems.items() if problem]
    tasks = [assignment.task(student) for student in wanted if not problems[student]]
    return len(wanted), assignment.newer(), chain(refused, _graded(assignment, tasks, executor, force) if tasks else ())


def _graded(assignment: Assignment, tasks: Sequence[Task], executor: Executing, force: bool) -> Iterator[Event]:
    # The grading processes warm up while we look at what is done already.
    with executor(assignment.spec(), len(tasks)) as pool, assignment.gradebook() as gradebook:
        done = [] if force else [task for task in tasks if assignment.is_done(gradebook, task)]
        yield from (assignment.kept(gradebook, task) for task in done)
        waiting = [task for task in tasks if task not in done]
        yield from (_finished(assignment, gradebook, result) for result in pool.run(waiting))


def _finished(assignment: Assignment, gradebook: Any, result: Done[Task]) -> Event:
    student = result.task.student
    if result.problem.startswith(NO_WALL):
        raise WallError(result.problem)
    if result.problem:
        return Event(student, problem=result.problem)
    try:
        return assignment.write(gradebook, result.task, result.answer)
    except Exception:
        gradebook.db.rollback()
        return Event(student, problem=traceback.format_exc())
