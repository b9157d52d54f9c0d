"""What a grading process does with the notebooks of one submission; it writes nothing."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat.v4
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import IgnorePattern, LimitOutput
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

from grader.frontends.notebooks.execute import Beside, Marking, mark
from grader.frontends.notebooks.intake import read_notebook
from grader.frontends.notebooks.restore import Known, turned
from grader.grading.intake import read_beside
from grader.grading.pool import Pool
from grader.grading.watch import Lost, Watch
from grader.isolation.errors import WallError
from grader.isolation.limits import bound_own_memory
from grader.isolation.sandbox import Sandbox, open_sandbox

NO_WALL = "there is no wall: "
# nbgrader's own steps behind the execution that look at the notebook alone. Its check of all metadata is not among
# them: they have just been written here, and it takes twice as long as grading.
_STEPS = (IgnorePattern, ClearMetadataPreprocessor, LimitOutput)


@dataclass(frozen=True)
class Spec:
    """What is the same for all submissions of an assignment."""

    known: Mapping[str, Mapping[str, Known]]
    marking: Marking
    isolation: str
    config: Any


@dataclass(frozen=True)
class Task:
    """One student's notebooks by name."""

    student: str
    notebooks: Mapping[str, Path]
    key: str
    lost: tuple[Lost, ...] = ()
    notes: tuple[str, ...] = ()

    def read(self) -> dict[str, tuple[Any, Beside]]:
        """The notebooks, rebuilt from their text, and what lies beside each."""
        return {name: (read_notebook(path), partial(read_beside, path.parent)) for name, path in self.notebooks.items()}


@dataclass(frozen=True)
class Marked:
    """A graded notebook as text, its automatic scores and comments by cell, and what was guessed about it."""

    text: str
    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    notes: tuple[str, ...] = ()


def on_this_machine(jobs: int, spec: Spec, count: int) -> Pool[Task]:
    """So many grading processes here, and no more than there are submissions."""
    return Pool[Task](partial(serve, spec), min(jobs, count))


def serve(spec: Spec, connection: Any, watch: Watch) -> None:
    """Mark one task, or one that was read already, after another; a fault of ours is reported, and nobody is graded
    by it.
    """
    steps = [step(config=spec.config) for step in _STEPS]
    try:
        sandbox = open_sandbox(spec.isolation, allow=spec.marking.settings.points.allow)
    except WallError as error:
        connection.recv()
        connection.send((None, f"{NO_WALL}{error}"))
        return
    marking = replace(spec.marking, settings=replace(spec.marking.settings, watch=watch))
    spec = replace(spec, marking=marking)
    with sandbox:
        bound_own_memory(spec.marking.limits.memory)
        while True:
            task = connection.recv()
            watch.begin(task.lost)
            marked: dict[str, Marked] = {}
            problem = ""
            try:
                for name, (notebook, beside) in task.read().items():
                    marked[name] = _marked(spec, steps, task.key, name, notebook, beside, sandbox)
            except Exception:
                problem = traceback.format_exc()
            watch.end()
            connection.send((marked, problem))


def _marked(
    spec: Spec, steps: Sequence[Any], key: str, name: str, notebook: Any, beside: Beside, sandbox: Sandbox
) -> Marked:
    notes = turned(notebook, spec.known[name])
    mark(notebook, spec.known[name], name, spec.marking, sandbox, beside)
    for step in steps:
        notebook, _ = step(notebook, {})
    scores = {_name(cell): determine_grade(cell)[0] for cell in notebook.cells if is_grade(cell)}
    comments = {_name(cell): _comment(cell) for cell in notebook.cells if is_solution(cell) or is_task(cell)}
    notebook.metadata["misstep"] = {"key": key}
    return Marked(nbformat.v4.writes(notebook) + "\n", scores, comments, notes)


def _name(cell: Any) -> str:
    return str(cell.metadata.nbgrader["grade_id"])


def _comment(cell: Any) -> str | None:
    """As nbgrader comments on a cell that was left as it was."""
    untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
    return "No response." if untouched and not is_task(cell) else None
