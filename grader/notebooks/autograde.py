"""Grading all submissions of an assignment at once, into nbgrader's gradebook.

Grading itself happens in a pool of processes, each with its own wall. This process alone writes: grades first and
the autograded notebook last, with the key of everything that it came from. So a run that was killed goes on where
it stopped, and whoever has no grade gets one.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import rmtree

from grader.batch import kit_digest
from grader.formats.files import write_whole
from grader.isolation.nursery import open_nursery
from grader.notebooks.course import CourseError
from grader.notebooks.execute import WalledExecute
from grader.notebooks.restore import known_cells
from grader.notebooks.worker import Marked, Spec, Task, serve
from grader.pool import Pool
from grader.submission import MAX_NOTEBOOK, read_bytes


@dataclass(frozen=True)
class Event:
    """What became of one student's submission."""

    student: str
    score: float = 0.0
    max_score: float = 0.0
    kept: bool = False
    late: bool = False
    problem: str = ""


class Assignment:
    """One assignment of a course, as nbgrader's own configuration and gradebook have it."""

    def __init__(self, course: Path, name: str) -> None:
        if not (course / "nbgrader_config.py").is_file():
            raise CourseError(f"{course} is no course: it has no nbgrader_config.py (misstep nbgrader {course})")
        # nbgrader looks for its files from the current directory, and so do the preprocessors.
        os.chdir(course)
        app = AutogradeApp()
        app.initialize(["--log-level=ERROR"])
        app.coursedir.assignment_id = name
        self.name = name
        self.directory = app.coursedir
        self.stock = Autograde(coursedir=app.coursedir, parent=app)
        execute = [step for step in self.stock.autograde_preprocessors if issubclass(step, WalledExecute)]
        if not execute:
            raise CourseError("nbgrader_config.py chooses stock execution: use `nbgrader autograde` for that")
        self.execute = execute[0](config=app.config)
        self.config = app.config
        self.notebooks = self._known()
        self.digest = self._digest()

    def _known(self) -> dict[str, Any]:
        with self.gradebook() as gradebook:
            try:
                names = [notebook.name for notebook in gradebook.find_assignment(self.name).notebooks]
            except MissingEntry as error:
                raise CourseError(
                    f"the gradebook has no assignment {self.name!r}: nbgrader generate_assignment {self.name}"
                ) from error
            return {name: known_cells(gradebook, name, self.name) for name in names}

    def gradebook(self) -> Any:
        """nbgrader's gradebook, to be used in a with-statement."""
        return Gradebook(self.directory.db_url, self.directory.course_id)

    def spec(self) -> Spec:
        """What the grading processes need."""
        return Spec(self.notebooks, self.execute.marking(), self.execute.isolation, self.config)

    def _digest(self) -> bytes:
        marking = self.execute.marking()
        known = {name: [asdict(cell) for cell in cells.values()] for name, cells in self.notebooks.items()}
        table = [marking.settings.seed, marking.settings.points.to_json(), marking.time_limit, asdict(marking.limits)]
        text = json.dumps([known, table, self.execute.isolation], sort_keys=True)
        return hashlib.sha256(text.encode() + kit_digest()).digest()

    def students(self) -> list[str]:
        """Everybody who has submitted anything for this assignment, in order."""
        pattern = re.compile(self.stock._format_source(re.escape(self.name), "(?P<student>.*)", escape=True))
        found = [pattern.match(path) for path in glob.glob(self.stock._format_source(glob.escape(self.name), "*"))]
        return sorted(match.group("student") for match in found if match and os.path.isdir(match.group()))

    def task(self, student: str) -> Task:
        """A student's notebooks, under the key of everything that their grades depend on."""
        source = Path(self.stock._format_source(self.name, student))
        present = {name: source / f"{name}.ipynb" for name in self.notebooks}
        present = {name: path for name, path in present.items() if os.path.lexists(path)}
        digest = hashlib.sha256(self.digest)
        for path in [*present.values(), source / "timestamp.txt"]:
            content, problem = read_bytes(path, MAX_NOTEBOOK)
            digest.update(json.dumps([path.name, len(content), problem]).encode() + content)
        return Task(student, present, digest.hexdigest())

    def is_done(self, task: Task) -> bool:
        """Whether this very submission is graded already: its notebooks are written, and every grade is there."""
        target = Path(self.stock._format_dest(self.name, task.student))
        if not target.is_dir() or any(_key(target / f"{name}.ipynb") != task.key for name in task.notebooks):
            return False
        with self.gradebook() as gradebook:
            try:
                submission = gradebook.find_submission(self.name, task.student)
            except MissingEntry:
                return False
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            return all(g.auto_score is not None or g.needs_manual_grade for g in grades)

    def write(self, task: Task, marked: Mapping[str, Marked]) -> None:
        """Grades into the gradebook, then notebooks into `autograded/`."""
        target = Path(self.stock._format_dest(self.name, task.student))
        if target.exists():
            rmtree(str(target))
        self.stock.notebooks = [str(path) for path in task.notebooks.values()]
        # Without any notebook nbgrader gives up, when student and submission are in the gradebook.
        with suppress(*([] if task.notebooks else [NbGraderException])):
            self.stock.init_assignment(self.name, task.student)
        with self.gradebook() as gradebook:
            for name in self.notebooks:
                _write_grades(gradebook.find_submission_notebook(name, self.name, task.student), marked.get(name))
            late = gradebook.find_submission(self.name, task.student).total_seconds_late > 0
            gradebook.db.commit()
        for name in self.notebooks if late else ():
            self._assign_penalty(task.student, name)
        target.mkdir(parents=True, exist_ok=True)
        for name, notebook in marked.items():
            write_whole(target / f"{name}.ipynb", notebook.text)
        self.stock.set_permissions(self.name, task.student)

    def _assign_penalty(self, student: str, notebook: str) -> None:
        from nbformat.v4 import new_notebook

        told = {"student": student, "assignment": self.name, "notebook": notebook, "db_url": self.directory.db_url}
        AssignLatePenalties(config=self.config).preprocess(new_notebook(), {"nbgrader": told})

    def event(self, student: str, kept: bool = False) -> Event:
        """A student's score as the gradebook has it."""
        with self.gradebook() as gradebook:
            found = gradebook.find_submission(self.name, student)
            return Event(student, found.score, found.max_score, kept=kept, late=found.total_seconds_late > 0)


def autograde(course: Path, name: str, jobs: int, only: Sequence[str] = (), force: bool = False) -> Iterator[Event]:
    """Grade every submission that is new, changed or unmarked; an event for each as it is done.

    Raises CourseError where there is nothing to grade, and WallError where there is no wall.
    """
    assignment = Assignment(course.resolve(), name)
    students = assignment.students()
    unknown = sorted(set(only) - set(students))
    if unknown or not students:
        who = f"from {unknown[0]!r}" if unknown else "at all"
        raise CourseError(f"no submission {who} in {assignment.directory.submitted_directory}/*/{name}")
    tasks = [assignment.task(student) for student in students if not only or student in only]
    spec = assignment.spec()
    with open_nursery(spec.isolation):
        pass  # No wall is said before anything is begun.
    done = [] if force else [task for task in tasks if assignment.is_done(task)]
    for task in done:
        yield assignment.event(task.student, kept=True)
    waiting = [task for task in tasks if task not in done]
    if not waiting:
        return
    with Pool[Task](partial(serve, spec), min(jobs, len(waiting))) as pool:
        for result in pool.run(waiting):
            yield _finished(assignment, result)


def _finished(assignment: Assignment, result: Any) -> Event:
    if result.problem:
        return Event(result.task.student, problem=result.problem)
    assignment.write(result.task, result.answer)
    return assignment.event(result.task.student)


def _key(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["metadata"]["misstep"]["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _write_grades(notebook: Any, marked: Marked | None) -> None:
    """As nbgrader's SaveAutoGrades does; a notebook that was not handed in earns nothing."""
    notebook.late_submission_penalty = None
    for grade in notebook.grades:
        grade.auto_score = marked.scores.get(grade.name) if marked else 0
        grade.needs_manual_grade = bool(marked) and (grade.manual_score is not None or grade.auto_score is None)
    for comment in notebook.comments:
        comment.auto_comment = marked.comments.get(comment.name) if marked else None
