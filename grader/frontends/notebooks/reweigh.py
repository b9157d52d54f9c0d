"""Other weights for an assignment that is graded already: arithmetic on its notebooks and gradebook, nothing is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import from_dict, v4
from nbgrader.utils import compute_checksum

from grader.course.points import Points
from grader.frontends.notebooks.assignment import Assignment, stored_key
from grader.frontends.notebooks.course import CourseError
from grader.frontends.notebooks.judged import Judged, judged
from grader.frontends.notebooks.nodes import new_cell
from grader.frontends.notebooks.outputs import verdict_outputs
from grader.frontends.notebooks.sheet import checks_by_id
from grader.frontends.notebooks.show import shown
from grader.results.atomic import write_whole
from grader.results.verdict import Verdict


@dataclass
class Reweighed:
    """What came of it: the cells that are worth something else, whose grades follow, and whose must be graded first."""

    changed: int = 0
    students: list[str] = field(default_factory=list)
    ungraded: list[str] = field(default_factory=list)


def reweigh(course: Path, name: str) -> Reweighed:
    """Bring the points of misstep.toml into the gradebook. Raises CourseError where points alone are not enough."""
    before = Assignment(course.resolve(), name)
    worths = _worths(before)
    done = Reweighed()
    graded = [student for student in before.students() if _is_current(before, student, done)]
    with before.gradebook() as gradebook:
        done.changed = _set_points(gradebook.find_assignment(name), worths)
        gradebook.db.commit()
    after = Assignment(course.resolve(), name)
    with after.gradebook() as gradebook:
        for student in graded:
            _follow(after, gradebook, student, worths)
            done.students.append(student)
    return done


def _worths(assignment: Assignment) -> dict[str, float]:
    """What every test cell of ours is worth by now, by name."""
    points: Points = assignment.execute.marking().settings.points
    names = [name for cells in assignment.notebooks.values() for name in cells]
    found = checks_by_id(names)
    for name, (exercise, check) in found.items():
        if not points.planned(exercise, check):
            raise CourseError(
                f"{check.id} is off in misstep.toml, and {name} tests it: points alone do not take it out "
                f"(misstep nbgrader . && nbgrader generate_assignment {assignment.name} --force, then grade again)"
            )
    return {name: points.of(exercise, check) for name, (exercise, check) in found.items()}


def _is_current(assignment: Assignment, student: str, done: Reweighed) -> bool:
    """Whether what was graded is what is handed in, under all but the points."""
    task = assignment.task(student)
    paths = assignment.graded(task)
    if assignment.target(student).is_dir() and all(stored_key(path) == task.key for path in paths):
        return True
    done.ungraded.append(student)
    return False


def _set_points(assignment: Any, worths: Mapping[str, float]) -> int:
    """Write the points into the gradebook's cells, and the checksums that depend on them."""
    changed = 0
    for notebook in assignment.notebooks:
        sources = {cell.name: cell for cell in notebook.source_cells}
        for cell in notebook.grade_cells:
            if cell.name in worths and float(cell.max_score) != worths[cell.name]:
                cell.max_score = worths[cell.name]
                sources[cell.name].checksum = _checksum(sources[cell.name], worths[cell.name])
                changed += 1
    return changed


def _checksum(cell: Any, points: float) -> str:
    """As nbgrader works it out when an assignment is generated."""
    words = {"grade_id": cell.name, "grade": True, "solution": False, "task": False, "points": points}
    words |= {"locked": bool(cell.locked), "schema_version": 3, "cell_type": cell.cell_type}
    return str(compute_checksum(new_cell(cell.cell_type, cell.name, cell.source or "", {"nbgrader": words})))


def _follow(assignment: Assignment, gradebook: Any, student: str, worths: Mapping[str, float]) -> None:
    """One student's notebooks and grades under the new points."""
    task = assignment.task(student)
    scores: dict[str, dict[str, float]] = {}
    for name, path in zip(task.notebooks, assignment.graded(task), strict=True):
        notebook = from_dict(json.loads(path.read_text(encoding="utf-8")))
        known = assignment.notebooks[name]
        scores[name] = {one.name: _weighed(one, worths[one.name], known[one.name].checksum) for one in judged(notebook)}
        notebook.metadata["misstep"] = {"key": task.key}
        write_whole(path, v4.writes(notebook) + "\n")
    submission = gradebook.find_submission(assignment.name, student)
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            cell = assignment.cells[grade.cell_id]
            if cell in worths and grade.auto_score is not None:
                grade.auto_score = scores.get(notebook.name, {}).get(cell, 0.0)
    gradebook.db.commit()
    if submission.total_seconds_late > 0:
        for name in assignment.notebooks:
            assignment.assign_penalty(student, name)
    assignment.stock.set_permissions(assignment.name, student)


def _weighed(one: Judged, points: float, checksum: str) -> float:
    """The score of a check; its cell says the points."""
    one.cell.metadata.nbgrader.update(points=points, checksum=checksum)
    passed = one.status == "passed"
    if passed:
        verdict = Verdict(one.mistake, one.exercise, 0, "passed", points, points)
        one.cell.outputs = verdict_outputs(shown(verdict, [verdict]), passed)
    return points if passed else 0.0
