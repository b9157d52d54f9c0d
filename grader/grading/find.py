"""What a batch holds: one directory per student, found without looking into any of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from grader.course.catalogue import stages
from grader.grading.intake import read_folder
from grader.grading.intake.archives import is_theirs
from grader.grading.watch import Lost

MAX_NAMED = 5


class BatchError(ValueError):
    """What was given is no batch; the message says what was looked for and what was found."""


@dataclass(frozen=True)
class Task:
    """One submission to grade, unless its key is still the `known` one of a result that is kept.

    `stages` is what is asked of a submission that holds nothing.
    """

    name: str
    path: Path
    known: str | None = None
    stages: tuple[int, ...] = ()
    lost: tuple[Lost, ...] = ()


def find_submissions(batch: Path, out: Path | None = None) -> list[Task]:
    """The submissions of a batch by name; `out`, should it lie among them, is none.

    Raises BatchError, with what was found instead.
    """
    if batch.suffix == ".ipynb" and batch.is_file():
        return [Task(batch.stem, batch)]
    if not batch.is_dir():
        raise BatchError(f"{batch} is no directory; a batch is a directory with one directory per student")
    for stage in stages():
        if read_folder(batch / stage.name, stage) or (batch / f"{stage.name}.ipynb").is_file():
            raise BatchError(
                f"{batch} holds {stage.name} itself, so it is one submission; a batch is the directory above it "
                f"(misstep grade {batch.resolve().parent} --only {batch.resolve().name})"
            )
    results = out.resolve() if out else None
    entries = [entry for entry in os.scandir(batch) if _is_submission(entry)]
    names = sorted(entry.name for entry in entries if results is None or not _is(entry, results))
    if not names:
        found = sorted(entry.name for entry in os.scandir(batch))[:MAX_NAMED]
        shown = f"found only {', '.join(map(repr, found))}" if found else "it is empty"
        raise BatchError(f"no submissions in {batch}: looked for one directory per student, {shown}")
    return [Task(name, batch / name) for name in names]


def _is(entry: os.DirEntry[str], resolved: Path) -> bool:
    """Whether an entry is this very folder, or a link to it."""
    return (entry.name == resolved.name or entry.is_symlink()) and Path(entry).resolve() == resolved


def _is_submission(entry: os.DirEntry[str]) -> bool:
    if not is_theirs(entry.name):
        return False
    try:
        return entry.is_dir()
    except OSError:
        return False
