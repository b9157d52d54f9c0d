"""What the course says by now and the release does not: nothing of it is silently left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.course.points import Points
from grader.frontends.notebooks.restore import Known
from grader.frontends.notebooks.sheet import checks_by_id, test_id
from grader.results.board import points_text

_SHOWN = 3


def newer(name: str, released: Mapping[str, Mapping[str, Known]], points: Points, source: Path) -> list[str]:
    """One line for other points, other checks and other cells than those that were released, with what to do.

    `released` are the cells of each notebook as the gradebook has them, `source` is the assignment in `source/`.
    """
    known = {cell.name: cell for cells in released.values() for cell in cells.values()}
    differences = [*_points(known, points), *_checks(known, points), *_cells(released, source)]
    if not differences:
        return []
    more = f" and {len(differences) - _SHOWN} more" if len(differences) > _SHOWN else ""
    return [
        f"graded as {name} was released, which the course no longer is: {'; '.join(differences[:_SHOWN])}{more}. "
        f"To bring in points alone: misstep nbgrader reweigh {name}. To bring in all: misstep nbgrader . && "
        f"nbgrader generate_assignment {name} --force, then grade again"
    ]


def _points(known: Mapping[str, Known], points: Points) -> list[str]:
    found = []
    for name, (exercise, check) in checks_by_id(list(known)).items():
        now = points.of(exercise, check) if points.planned(exercise, check) else 0.0
        if now != known[name].points:
            found.append(
                f"{check.key} is worth {points_text(now)} by now, released with {points_text(known[name].points)}"
            )
    return found


def _checks(known: Mapping[str, Known], points: Points) -> list[str]:
    exercises = {exercise.name: exercise for exercise, _ in checks_by_id(list(known)).values()}
    return [
        f"{check.key} is not in it"
        for exercise in exercises.values()
        for check in exercise.checks
        if points.planned(exercise, check) and test_id(exercise, check) not in known
    ]


def _cells(released: Mapping[str, Mapping[str, Known]], source: Path) -> list[str]:
    """Locked cells of `source/` that read differently by now."""
    found = []
    for notebook, cells in released.items():
        now = _sources(source / f"{notebook}.ipynb")
        changed = [c.name for c in cells.values() if c.locked and c.name in now and now[c.name] != c.source]
        found += [f"the cell {name} of source/ was changed" for name in changed]
    return found


def _sources(path: Path) -> dict[str, str]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return {str(c["metadata"]["nbgrader"]["grade_id"]): _text(c["source"]) for c in cells if _is_named(c)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_named(cell: Any) -> bool:
    return "grade_id" in cell.get("metadata", {}).get("nbgrader", {})


def _text(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)
