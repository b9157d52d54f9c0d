"""Intake: what a submission holds, read without following a link or running a line of it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from grader.course.catalogue import Stage, stages
from grader.student.loader import Source

MAX_SOURCE = 1_000_000
MAX_NOTEBOOK = 20_000_000
MAX_FILES = 200
# Folders one level down in which a stage is looked for.
MAX_FOLDERS = 1_000


@dataclass(frozen=True)
class Submission:
    """One student's files: `sources` maps a stage's number to the sources of its files by stem.

    `notes` say what was guessed about how they arrived.
    """

    name: str
    path: Path
    sources: Mapping[int, Mapping[str, Source]]
    notes: tuple[str, ...] = ()


def read_submission(path: Path, name: str | None = None) -> Submission:
    """The sources of every stage found in `path`.

    A stage is looked for at the top, under `exercises/`, and in the folders one level down (nbgrader's
    STUDENT/ASSIGNMENT), as a folder `stageN/` of files or as a notebook `stageN.ipynb`. `path` may itself be
    a notebook.
    """
    sources = {stage.number: read_stage(path, stage) for stage in stages()}
    return Submission(name or path.name, path, {number: files for number, files in sources.items() if files})


def read_stage(path: Path, stage: Stage) -> dict[str, Source]:
    """The sources of one stage by stem; empty where the submission has nothing of it."""
    if path.name == f"{stage.name}.ipynb":
        return _from_notebook(path, stage)
    homes = list(_homes(path))
    for home in homes:
        found = read_folder(home / stage.name, stage, root=path)
        if found:
            return found
    for home in homes:
        for notebook in (home / f"{stage.name}.ipynb", home / stage.name / f"{stage.name}.ipynb"):
            if _is_plain(notebook, stat.S_ISREG):
                return _from_notebook(notebook, stage)
    return {}


def read_folder(folder: Path, stage: Stage, root: Path | None = None) -> dict[str, Source]:
    """The Python files of a stage's folder by stem; empty where it holds none of the stage's files.

    The files are named relative to `root` where one is given, so that no path of the grading machine
    reaches a student's feedback.
    """
    if not _is_plain(folder, stat.S_ISDIR):
        return {}
    stems = {exercise.stem for exercise in stage.exercises}
    paths = [folder / name for name in _names(folder) if name.endswith(".py")][:MAX_FILES]
    sources = {path.stem: _read_source(path, root) for path in paths}
    return sources if stems & set(sources) else {}


def _homes(path: Path) -> Iterator[Path]:
    """The folders in which a stage may lie; neither they nor `path` are links."""
    if path.is_symlink():
        return
    inner = [path / name for name in _names(path) if not name.startswith((".", "__"))]
    for folder in (path, *islice((entry for entry in inner if _is_plain(entry, stat.S_ISDIR)), MAX_FOLDERS)):
        yield folder
        if _is_plain(folder / "exercises", stat.S_ISDIR):
            yield folder / "exercises"


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _is_plain(path: Path, kind: Any) -> bool:
    """Whether `path`, itself and no link to it, is of this kind; its parent is no link either."""
    try:
        return bool(kind(path.lstat().st_mode)) and not path.parent.is_symlink()
    except OSError:
        return False


def _read_source(path: Path, root: Path | None) -> Source:
    file = str(path.relative_to(root) if root else path)
    content, problem = read_bytes(path, MAX_SOURCE)
    return Source(file, problem=problem) if problem else Source(file, (content,))


def read_bytes(path: Path, limit: int) -> tuple[bytes, str]:
    """The content of a regular file and "", or nothing and why it cannot be had."""
    name = path.name
    if path.is_symlink():
        return b"", f"{name} is missing (there is a link in its place, and links are not followed)"
    try:
        # O_NONBLOCK: opening a FIFO must not wait for a writer.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return b"", f"{name} cannot be read: {error.strerror}"
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return b"", f"{name} is missing (what has its name is no regular file)"
    with os.fdopen(handle, "rb") as stream:
        try:
            content = stream.read(limit + 1)
        except OSError as error:
            return b"", f"{name} cannot be read: {error.strerror}"
    if len(content) > limit:
        return b"", f"{name} is larger than {limit / 1e6:g} MB"
    return content, ""


def _from_notebook(path: Path, stage: Stage) -> dict[str, Source]:
    content, problem = read_bytes(path, MAX_NOTEBOOK)
    chunks: tuple[bytes, ...] = ()
    if not problem:
        try:
            chunks = tuple(_cells(json.loads(content)))
        except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
            problem = f"{path.name} is no notebook that can be read: {str(error)[:200]}"
    source = Source(path.name, chunks, forgiving=True, problem=problem)
    return {exercise.stem: source for exercise in stage.exercises}


def _cells(notebook: Any) -> Iterator[bytes]:
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "code" and not is_grading_cell(cell):
            source = cell.get("source", "")
            text = source if isinstance(source, str) else "".join(source)
            yield without_magics(text).encode("utf-8", "replace")


def is_grading_cell(cell: Mapping[str, Any]) -> bool:
    """Whether nbgrader knows this cell as tests: those are ours and no part of the student's code."""
    metadata = cell.get("metadata", {}).get("nbgrader", {})
    return bool(metadata.get("grade")) and not metadata.get("solution")


def without_magics(text: str) -> str:
    """A cell without IPython's own syntax: `%magic` and `!shell` lines become `pass`, `%%` cells empty."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("%%") and not first.startswith(("%%time", "%%capture")):
        return ""
    return "\n".join(_without_magic(line) for line in lines)


def _without_magic(line: str) -> str:
    bare = line.lstrip()
    is_magic = bare.startswith(("%", "!", "?")) or bare.rstrip().endswith("?")
    if not is_magic or bare.startswith("%="):
        return line
    return line[: len(line) - len(bare)] + "pass"
