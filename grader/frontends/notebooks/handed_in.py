"""What one student has handed in: the notebooks of the assignment, whatever they are called, and when."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.utils import parse_utc

from grader.course.catalogue import stage, stage_numbers
from grader.grading.intake import MAX_NOTEBOOK, read_bytes
from grader.grading.intake.layout import Layout
from grader.grading.intake.tree import File, Tree, path_of, read_tree
from grader.results.escape import one_line
from grader.student.names import folded, holds, meant, stage_number

TIMESTAMP = "timestamp.txt"
_SHOWN = 5


def find_notebooks(folder: Path, names: Collection[str]) -> tuple[dict[str, Path], list[str]]:
    """The notebook that is meant by each of the names, and notes of what was guessed, or could not be.

    Where the expected file is missing and exactly one other fits, that one is taken, by the rules of every front end;
    and the only one there is, where one is asked for.
    """
    present = {name: folder / f"{name}.ipynb" for name in names}
    found = {name: path for name, path in present.items() if os.path.lexists(path)}
    if len(found) == len(names):
        return found, []
    tree = read_tree(folder)
    # What lies in an archive is no file that nbgrader could read.
    tree.files = [file for file in tree.files if folder.joinpath(*file.parts).is_file()]
    others = [f for f in tree.files if f.kind == "ipynb" and folder.joinpath(*f.parts) not in found.values()]
    notes = []
    for name in (name for name in names if name not in found):
        fitting = _fitting(name, tree, others) or (others if len(names) == 1 else [])
        if len(fitting) == 1:
            found[name] = folder.joinpath(*fitting[0].parts)
        notes.append(_note(name, fitting, others))
    return found, notes


def _fitting(name: str, tree: Tree, others: list[File]) -> list[File]:
    number = stage_number(name)
    if number in stage_numbers():
        return Layout(tree, stage(number)).notebooks()
    return [f for f in others if meant(f.name, [name])] or [f for f in others if holds(f.name, folded(name))]


def _note(name: str, fitting: list[File], others: list[File]) -> str:
    def listed(files: list[File]) -> str:
        return ", ".join(one_line(path_of(file), 80) for file in files[:_SHOWN])

    if len(fitting) == 1:
        return f"{listed(fitting)} was taken for {name}.ipynb"
    if fitting:
        return f"several notebooks fit {name}.ipynb, and none was taken: {listed(fitting)}"
    return f"{name}.ipynb is missing: there is {listed(others) if others else 'no notebook'}"


def handed_in_at(folder: Path) -> tuple[datetime | None, str]:
    """The time in timestamp.txt, and a note where it holds none that can be read."""
    content, problem = read_bytes(folder / TIMESTAMP, MAX_NOTEBOOK)
    text = content.decode("utf-8", "replace").strip()
    if problem or not text:
        return None, ""
    try:
        found: Any = parse_utc(text)
        return (found, "") if isinstance(found, datetime) else (None, "")
    except (ValueError, OverflowError):
        return None, f"{TIMESTAMP} says {one_line(text, 60)!r}, which is no time: counted as handed in in time"


def take_renamed(assignment: str, student: str, notebooks: list[str]) -> None:
    """For Autograde.pre_convert_hook: a renamed notebook is copied beside itself under the name that is graded."""
    if notebooks and not any(Path(path).stem == assignment for path in notebooks):
        notebooks += _copied(assignment, student, Path(notebooks[0]).parent)


def _copied(assignment: str, student: str, folder: Path) -> list[str]:
    """The notebook that is meant, copied into `folder` under the name that is graded; none where none is meant."""
    found, notes = find_notebooks(folder, [assignment])
    for note in notes:
        print(f"misstep: {one_line(student, 60)}: {note}")
    content, problem = read_bytes(found[assignment], MAX_NOTEBOOK) if assignment in found else (b"", "none")
    if problem:
        return []
    target = folder / f"{assignment}.ipynb"
    target.write_bytes(content)
    return [str(target)]


def take_nested() -> None:
    """Let `nbgrader autograde` see who has handed in notebooks in folders below: it looks before any hook is called."""
    stock = Autograde.init_notebooks
    if getattr(stock, "takes_nested", False):
        return

    def init_notebooks(self: Any) -> None:
        assignment = self.coursedir.assignment_id
        for folder in glob.glob(self._format_source(assignment, self.coursedir.student_id)):
            if not glob.glob(os.path.join(glob.escape(folder), "*.ipynb")) and not Path(folder).is_symlink():
                _copied(assignment, Path(folder).parent.name, Path(folder))
        stock(self)

    init_notebooks.takes_nested = True  # type: ignore[attr-defined]
    Autograde.init_notebooks = init_notebooks
