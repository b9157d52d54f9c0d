"""What a graded notebook says of its checks: read from what stands under its test cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import from_dict

from grader.frontends.notebooks.sheet import checks_by_id

# The box that every verdict is shown in (see `show`).
_BOX = re.compile(r'<div class="misstep misstep-([a-z]+)"')


@dataclass(frozen=True)
class Judged:
    """A test cell and what became of its check; `line` is what was said of it in one line, if it did not pass."""

    name: str
    exercise: str
    mistake: str | None
    status: str
    line: str
    cell: Any


def judged(notebook: Any) -> Iterator[Judged]:
    """The test cells of a notebook that was graded by misstep, in order; cells of another kind are left out."""
    cells = {_name(cell): cell for cell in notebook.cells if cell.cell_type == "code" and _name(cell)}
    for name, (exercise, check) in checks_by_id([*cells]).items():
        outputs = cells[name].get("outputs", [])
        found = [_BOX.match("".join(output.get("data", {}).get("text/html", ""))) for output in outputs]
        statuses = [match.group(1) for match in found if match]
        if statuses:
            lines = [output.get("evalue", "") for output in outputs if output.get("output_type") == "error"]
            yield Judged(name, exercise.name, check.id, statuses[0], lines[0] if lines else "", cells[name])


def mistakes_in(paths: Iterable[Path]) -> set[str]:
    """The documented mistakes that a student's graded notebooks show."""
    notebooks = [from_dict(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    return {j.mistake for notebook in notebooks for j in judged(notebook) if j.status == "mistake" and j.mistake}


def _name(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
