"""A submitted notebook put in order before anything is graded: what is a test cell, the gradebook says.

A student's notebook says of each cell itself what it is. Nothing of that is believed: metadata, points and
the source of locked cells come from the gradebook, copies lose their names, and what is missing is put back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.frontends.notebooks.nodes import new_cell

MISSING = "# This cell was missing from the submission and has been put back."


@dataclass(frozen=True)
class Known:
    """One cell of the assignment as the gradebook has it."""

    name: str
    kind: str
    source: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float
    checksum: str

    @property
    def metadata(self) -> dict[str, Any]:
        """The cell's metadata for nbgrader."""
        words = {"grade_id": self.name, "grade": self.grade, "solution": self.solution, "task": self.task}
        words |= {"locked": self.locked, "schema_version": 3, "cell_type": self.kind, "checksum": self.checksum}
        return words | ({"points": self.points} if self.grade or self.task else {})


def known_cells(gradebook: Any, notebook: str, assignment: str) -> dict[str, Known]:
    """All cells of an assignment's notebook by name, as they were when it was released."""
    found = gradebook.find_notebook(notebook, assignment)
    points = {cell.name: float(cell.max_score) for cell in [*found.grade_cells, *found.task_cells]}
    grade, solution, task = (
        {cell.name for cell in cells} for cells in (found.grade_cells, found.solution_cells, found.task_cells)
    )
    return {
        cell.name: Known(
            name=cell.name,
            kind=cell.cell_type,
            source=cell.source or "",
            locked=bool(cell.locked),
            grade=cell.name in grade,
            solution=cell.name in solution,
            task=cell.name in task,
            points=points.get(cell.name, 0.0),
            checksum=cell.checksum or "",
        )
        for cell in found.source_cells
    }


def restore(notebook: Any, known: Mapping[str, Known]) -> Any:
    """Put the notebook in order, in place.

    Where a name stands several times, the last cell of the right kind keeps it, as in nbgrader; the others
    become cells without a name.
    """
    taken: set[str] = set()
    for index in reversed(range(len(notebook.cells))):
        notebook.cells[index] = _restored(notebook.cells[index], known, taken)
    _put_back(notebook, known, taken)
    return notebook


def turned(notebook: Any, known: Mapping[str, Known]) -> tuple[str, ...]:
    """A note for every answer that stands in a cell of another kind: it is read as the kind that was released."""
    cells = [(cell, known[name]) for cell in notebook.cells if (name := name_of(cell)) in known]
    wrong = {truth.name: cell for cell, truth in cells if not truth.locked and cell.cell_type != truth.kind}
    right = {truth.name for cell, truth in cells if cell.cell_type == truth.kind}
    return tuple(
        f"the cell {name} was turned into {cell.cell_type} and is read as {known[name].kind}"
        for name, cell in wrong.items()
        if name not in right
    )


def _restored(cell: Any, known: Mapping[str, Known], taken: set[str]) -> Any:
    truth = known.get(name_of(cell))
    cell.metadata.pop("nbgrader", None)
    if truth is None or truth.name in taken:
        return cell
    taken.add(truth.name)
    if truth.locked or cell.cell_type != truth.kind:
        return _cell(truth, truth.source if truth.locked else cell.source)
    cell["id"] = truth.name[:64]
    cell.metadata["nbgrader"] = truth.metadata
    return cell


def _put_back(notebook: Any, known: Mapping[str, Known], taken: set[str]) -> None:
    """Insert what is graded and not there: behind the cells of the same exercise, or at the end."""
    for truth in known.values():
        if truth.name in taken or not (truth.grade or truth.task):
            continue
        source = f"{MISSING}\n{truth.source}" if truth.kind == "code" and not truth.locked else truth.source
        notebook.cells.insert(_place(notebook, truth.name), _cell(truth, source))


def _place(notebook: Any, name: str) -> int:
    """Behind the last cell whose name shares the longest beginning: `stage5-heads…` belongs to `stage5-heads-5_4`."""
    family = "-".join(name.split("-")[:2])
    places = [index for index, cell in enumerate(notebook.cells) if f"{name_of(cell)}-".startswith(f"{family}-")]
    return (max(places) + 1) if places else len(notebook.cells)


def _cell(truth: Known, source: str) -> Any:
    protected = {"deletable": False, "editable": False} if truth.locked else {}
    return new_cell(truth.kind, truth.name, source, {"nbgrader": truth.metadata, **protected})


def name_of(cell: Any) -> str:
    """The name that a cell bears; "" where it has none."""
    words = cell.metadata.get("nbgrader")
    name = words.get("grade_id") if isinstance(words, dict) else None
    return name if isinstance(name, str) else ""


class RestoreCells(NbGraderPreprocessor):
    """Puts every submitted notebook in order; first among Autograde.sanitize_preprocessors."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """See `restore`."""
        told = resources["nbgrader"]
        with Gradebook(told["db_url"]) as gradebook:
            known = known_cells(gradebook, told["notebook"], told["assignment"])
        return restore(nb, known), resources
