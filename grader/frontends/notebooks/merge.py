"""Bringing a notebook up to date cell by cell: ours is replaced, what the instructor changed or added stays.

The notebook itself remembers the digest of every cell as it was last written. A cell that still has it is
ours to replace; one that was changed is theirs, and a conflict where ours has changed as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]
KEY = "misstep"


@dataclass
class Merge:
    """What came of a merge: the notebook, and the names of cells by what was done with them."""

    notebook: Notebook
    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def stamped(ours: Notebook) -> Notebook:
    """The notebook with the digests of its cells in it."""
    digests = {name_of(cell): digest(cell) for cell in ours["cells"]}
    return {**ours, "metadata": {**ours["metadata"], KEY: {"cells": digests}}}


def merge(theirs: Notebook, ours: Notebook) -> Merge:
    """The instructor's notebook with our new cells in it."""
    before: Mapping[str, str] = theirs.get("metadata", {}).get(KEY, {}).get("cells", {})
    new = {name_of(cell): cell for cell in ours["cells"]}
    done = Merge({**ours, "metadata": {**theirs.get("metadata", {}), **stamped(ours)["metadata"]}, "cells": []})
    cells = [kept for cell in theirs["cells"] if (kept := _settled(cell, new, before, done)) is not None]
    present = {name_of(cell) for cell in cells}
    place = 0
    for cell in ours["cells"]:
        name = name_of(cell)
        if name in present:
            place = next(index for index, other in enumerate(cells) if name_of(other) == name) + 1
        elif name in before:
            _note_deleted(name, before[name], cell, done)
        else:
            cells.insert(place, cell)
            place += 1
            done.written.append(name)
    done.notebook["cells"] = cells
    return done


def _settled(cell: Cell, new: Mapping[str, Cell], before: Mapping[str, str], done: Merge) -> Cell | None:
    """What becomes of a cell that is there: ours, theirs, or nothing where we have withdrawn it."""
    name = name_of(cell)
    if name not in new:
        withdrawn = name in before and digest(cell) == before[name]
        return None if withdrawn else cell
    mine = digest(new[name])
    if digest(cell) in (mine, before.get(name)):
        if digest(cell) != mine:
            done.written.append(name)
        return new[name]
    (done.kept if mine == before.get(name) else done.conflicts).append(name)
    return cell


def _note_deleted(name: str, before: str, cell: Cell, done: Merge) -> None:
    (done.kept if digest(cell) == before else done.conflicts).append(name)


def name_of(cell: Cell) -> str:
    """The cell's name for nbgrader; "" for a cell that has none."""
    return str(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", ""))


def digest(cell: Cell) -> str:
    """A digest of what counts in a cell: its text and what nbgrader is told of it, and no output."""
    source = cell.get("source", "")
    text = source if isinstance(source, str) else "".join(source)
    told = {key: value for key, value in cell["metadata"].get("nbgrader", {}).items() if key != "checksum"}
    return hashlib.sha256(json.dumps([cell["cell_type"], text, told], sort_keys=True).encode()).hexdigest()[:16]
