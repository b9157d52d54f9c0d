"""What one student has handed in: the notebooks of the assignment, whatever they are called, and when."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from grader.grading.intake import MAX_NOTEBOOK, read_bytes
from grader.results.escape import one_line

MOST_LEVELS = 4
MOST_FILES = 1_000
TIMESTAMP = "timestamp.txt"
_SHOWN = 5


def find_notebooks(folder: Path, names: Collection[str]) -> tuple[dict[str, Path], list[str]]:
    """The notebook that is meant by each of the names, and notes of what was guessed, or could not be.

    Where the expected file is missing and exactly one other fits, that one is taken: of the same name in a folder
    below, with the name in it (`stage5-jane.ipynb`), or the only one there is.
    """
    present = {name: folder / f"{name}.ipynb" for name in names}
    found = {name: path for name, path in present.items() if os.path.lexists(path)}
    others = [path for path in _notebooks(folder) if path not in found.values()]
    notes = []
    for name in names:
        if name not in found:
            fitting = _fitting(name, others, alone=len(names) == 1)
            if len(fitting) == 1:
                found[name] = fitting[0]
            notes.append(_note(name, fitting, others, folder))
    return found, notes


def _notebooks(folder: Path, level: int = 1) -> Iterator[Path]:
    """Every notebook down to some levels; no link, nothing hidden and nothing of the system's."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)[:MOST_FILES]
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "__")) or entry.is_symlink():
            continue
        if entry.is_dir() and level <= MOST_LEVELS:
            yield from _notebooks(Path(entry.path), level + 1)
        elif entry.is_file() and entry.name.casefold().endswith(".ipynb"):
            yield Path(entry.path)


def _fitting(name: str, others: list[Path], alone: bool) -> list[Path]:
    exact = [path for path in others if path.stem.casefold() == name.casefold()]
    letters = r"[\s_-]*".join(re.escape(part) for part in re.findall(r"[^\W\d_]+|\d+", name))
    alike = [path for path in others if re.search(rf"(?<![^\W\d_]){letters}(?!\d)", path.stem, re.IGNORECASE)]
    return exact or alike or (others if alone else [])


def _note(name: str, fitting: list[Path], others: list[Path], folder: Path) -> str:
    def listed(paths: list[Path]) -> str:
        return ", ".join(one_line(str(path.relative_to(folder)), 80) for path in paths[:_SHOWN])

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
    """For Autograde.pre_convert_hook: a renamed notebook is copied beside itself under the name that is graded.

    nbgrader looks at names before this is called, so a notebook in a folder below is not seen here; `misstep nbgrader
    autograde` finds those, too.
    """
    if not notebooks or any(Path(path).stem == assignment for path in notebooks):
        return
    folder = Path(notebooks[0]).parent
    found, notes = find_notebooks(folder, [assignment])
    for note in notes:
        print(f"misstep: {one_line(student, 60)}: {note}")
    if assignment in found:
        target = folder / f"{assignment}.ipynb"
        content, problem = read_bytes(found[assignment], MAX_NOTEBOOK)
        if not problem:
            target.write_bytes(content)
            notebooks.append(str(target))
