"""Intake: what a submission holds, read without following a link or running a line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.catalogue import Stage, stages
from grader.grading.intake.files import read_bytes
from grader.grading.intake.layout import Found, Layout
from grader.grading.intake.notebooks import MAX_NOTEBOOK
from grader.grading.intake.tree import File, is_plain_directory, read_tree
from grader.student.source import Source

__all__ = [
    "MAX_NOTEBOOK",
    "Found",
    "Submission",
    "read_beside",
    "read_bytes",
    "read_folder",
    "read_stage_folder",
    "read_submission",
]


@dataclass(frozen=True)
class Submission:
    """One student's files: `sources` maps a stage's number to the sources of its files by stem.

    `notes` say what was guessed about how they arrived, and `missing`, by stage, what was found in the place of it.
    """

    name: str
    path: Path
    sources: Mapping[int, Mapping[str, Source]]
    notes: tuple[str, ...] = ()
    missing: Mapping[int, str] = field(default_factory=dict)


def read_submission(path: Path, name: str | None = None) -> Submission:
    """The sources of every stage found in `path`, a folder or a notebook; see `layout` for where they may lie."""
    tree = read_tree(path)
    found = {stage.number: Layout(tree, stage).anywhere() for stage in stages()}
    notes = dict.fromkeys([*tree.notes, *(note for stage in found.values() for note in stage.notes)])
    return Submission(
        name or path.name,
        path,
        {number: stage.sources for number, stage in found.items() if stage.sources},
        tuple(notes),
        {number: stage.missing for number, stage in found.items() if stage.missing},
    )


def read_folder(folder: Path, stage: Stage) -> dict[str, Source]:
    """The Python files of a stage's folder by stem; empty where it holds none of the stage's files."""
    return read_stage_folder(folder, stage).sources


def read_stage_folder(folder: Path, stage: Stage) -> Found:
    """A stage whose files lie in this very folder, called by their full paths, and what was guessed about them."""
    if not is_plain_directory(folder):
        return Found()

    def full(file: File) -> str:
        return str(folder.joinpath(*file.parts))

    return Layout(read_tree(folder, depth=0), stage, full).stage_folder(())


def read_beside(folder: Path, stage: Stage) -> dict[str, Source]:
    """The Python files that lie beside a notebook, by stem: what its cells may import."""
    return Layout(read_tree(folder, depth=0), stage).helpers(())
