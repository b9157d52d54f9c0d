"""One assignment of an nbgrader course: who handed in what, what is graded already, and how a grade is written."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
import warnings
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import rmtree

from grader.frontends.notebooks.beside import copy_files
from grader.frontends.notebooks.course import CourseError
from grader.frontends.notebooks.event import Event
from grader.frontends.notebooks.execute import WalledExecute
from grader.frontends.notebooks.handed_in import TIMESTAMP, find_notebooks, handed_in_at
from grader.frontends.notebooks.newer import newer
from grader.frontends.notebooks.nodes import new_notebook
from grader.frontends.notebooks.restore import known_cells
from grader.frontends.notebooks.worker import Marked, Spec, Task
from grader.grading.intake import MAX_NOTEBOOK, read_bytes
from grader.grading.plan import kit_digest
from grader.results.atomic import write_whole


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
                notebooks = gradebook.find_assignment(self.name).notebooks
            except MissingEntry as error:
                raise CourseError(
                    f"the gradebook has no assignment {self.name!r}: nbgrader generate_assignment {self.name}"
                ) from error
            cells = [c for n in notebooks for c in [*n.grade_cells, *n.solution_cells, *n.task_cells]]
            self.cells = {cell.id: cell.name for cell in cells}
            return {n.name: known_cells(gradebook, n.name, self.name) for n in notebooks}

    def gradebook(self) -> Any:
        """nbgrader's gradebook, to be used in a with-statement."""
        return Gradebook(self.directory.db_url, self.directory.course_id)

    def spec(self) -> Spec:
        """What the grading processes need."""
        return Spec(self.notebooks, self.execute.marking(), self.execute.isolation, self.config)

    def _digest(self) -> bytes:
        marking = self.execute.marking()
        known = {name: [asdict(cell) for cell in cells.values()] for name, cells in self.notebooks.items()}
        points = marking.settings.points
        # What a check is worth the gradebook's cells say: other weights in misstep.toml alone change nothing here.
        decisive = [points.decisive(), sorted(points.off), points.url]
        table = [marking.settings.seed, decisive, marking.time_limit, asdict(marking.limits)]
        text = json.dumps([known, table, self.execute.isolation], sort_keys=True)
        return hashlib.sha256(text.encode() + kit_digest()).digest()

    def students(self) -> list[str]:
        """Everybody who has submitted anything for this assignment, in order."""
        form = self.stock._format_source(re.escape(self.name), "(?P<student>.*)", escape=True)
        pattern = re.compile(form, re.DOTALL)  # a name may hold a newline
        found = [pattern.fullmatch(path) for path in glob.glob(self.stock._format_source(glob.escape(self.name), "*"))]
        return sorted(match.group("student") for match in found if match and os.path.isdir(match.group()))

    def task(self, student: str) -> Task:
        """A student's notebooks, under the key of everything that their grades depend on."""
        source = self.source(student)
        present, notes = find_notebooks(source, self.notebooks)
        _, untimely = handed_in_at(source)
        digest = hashlib.sha256(self.digest)
        beside = {file for path in present.values() for file in path.parent.glob("*.py")}
        for path in [*present.values(), source / TIMESTAMP, *sorted(beside)]:
            content, problem = read_bytes(path, MAX_NOTEBOOK)
            digest.update(json.dumps([path.name, len(content), problem]).encode() + content)
        return Task(student, present, digest.hexdigest(), notes=tuple(filter(None, [*notes, untimely])))

    def is_done(self, gradebook: Any, task: Task) -> bool:
        """Whether this very submission is graded already: its notebooks are written, and every grade is there."""
        if not self.target(task.student).is_dir() or any(stored_key(path) != task.key for path in self.graded(task)):
            return False
        try:
            submission = gradebook.find_submission(self.name, task.student)
        except MissingEntry:
            return False
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        return all(grade.auto_score is not None or grade.needs_manual_grade for grade in grades)

    def source(self, student: str) -> Path:
        """Where a student's submission lies."""
        return Path(self.stock._format_source(self.name, student))

    def target(self, student: str) -> Path:
        """Where a student's autograded notebooks go."""
        return Path(self.stock._format_dest(self.name, student))

    def graded(self, task: Task) -> tuple[Path, ...]:
        """The autograded notebooks of what was handed in."""
        return tuple(self.target(task.student) / f"{name}.ipynb" for name in task.notebooks)

    def write(self, gradebook: Any, task: Task, marked: Mapping[str, Marked]) -> Event:
        """Grades into the gradebook, then files and notebooks into `autograded/`."""
        target = self.target(task.student)
        if target.exists():
            rmtree(str(target))
        submission = self._submission(gradebook, task.student)
        with gradebook.db.no_autoflush:
            for notebook in submission.notebooks:
                self._write_grades(notebook, marked.get(notebook.name))
        gradebook.db.commit()
        late = submission.total_seconds_late > 0
        for name in self.notebooks if late else ():
            self.assign_penalty(task.student, name)
        self._copy_files(task.student, target)
        for name, found in marked.items():
            write_whole(target / f"{name}.ipynb", found.text)
        self.stock.set_permissions(self.name, task.student)
        gradebook.db.refresh(submission)
        notes = [*task.notes, *(note for found in marked.values() for note in found.notes)]
        words = {"late": late, "notes": tuple(notes), "graded": self.graded(task)}
        return Event(task.student, submission.score, submission.max_score, **words)

    def _write_grades(self, notebook: Any, marked: Marked | None) -> None:
        """As nbgrader's SaveAutoGrades does; a notebook that was not handed in earns nothing."""
        notebook.late_submission_penalty = None
        for grade in notebook.grades:
            grade.auto_score = marked.scores.get(self.cells[grade.cell_id]) if marked else 0
            grade.needs_manual_grade = bool(marked) and (grade.manual_score is not None or grade.auto_score is None)
        for comment in notebook.comments:
            comment.auto_comment = marked.comments.get(self.cells[comment.cell_id]) if marked else None

    def _submission(self, gradebook: Any, student: str) -> Any:
        """The student's submission in the gradebook, with the time at which it was handed in."""
        if self.stock.create_student:
            gradebook.update_or_create_student(student)
        timestamp, _ = handed_in_at(self.source(student))
        words = {"timestamp": timestamp} if timestamp else {}
        with warnings.catch_warnings():
            # SQLAlchemy has something to say of how nbgrader makes a new submission.
            warnings.simplefilter("ignore")
            return gradebook.update_or_create_submission(self.name, student, **words)

    def _copy_files(self, student: str, target: Path) -> None:
        """What else was handed in, and over it the files of `source/`. Links are not followed."""
        source = self.directory.format_path(self.directory.source_directory, ".", self.name)
        ignored = [*self.directory.ignore, "*.ipynb"]
        kept = {os.path.join(source, name) for name in self.stock.exclude_overwriting.get(self.name, [])}
        target.mkdir(parents=True, exist_ok=True)
        for folder in (self.stock._format_source(self.name, student), source):
            copy_files(folder, target, ignored, kept)

    def assign_penalty(self, student: str, notebook: str) -> None:
        """As nbgrader does for a late submission, by the grades that it has now."""
        told = {"student": student, "assignment": self.name, "notebook": notebook, "db_url": self.directory.db_url}
        AssignLatePenalties(config=self.config).preprocess(new_notebook([]), {"nbgrader": told})

    def kept(self, gradebook: Any, task: Task) -> Event:
        """A score that is in the gradebook already."""
        found = gradebook.find_submission(self.name, task.student)
        late = found.total_seconds_late > 0
        words = {"late": late, "notes": task.notes, "graded": self.graded(task)}
        return Event(task.student, found.score, found.max_score, kept=True, **words)

    def newer(self) -> list[str]:
        """What the course says by now and the release does not."""
        source = Path(self.directory.format_path(self.directory.source_directory, ".", self.name))
        return newer(self.name, self.notebooks, self.execute.marking().settings.points, source)


def stored_key(path: Path) -> str:
    """The key that an autograded notebook was made under; "" where it has none."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["metadata"]["misstep"]["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
