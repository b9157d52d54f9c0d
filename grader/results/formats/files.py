"""Where an export's files go: written whole or not at all, under names that any file system takes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from grader.results.atomic import write_whole
from grader.results.escape import visible
from grader.results.formats import is_per_submission
from grader.results.formats.roster import Entry
from grader.results.records import SubmissionResult


class ExportError(Exception):
    """An export is not possible as asked; the text says what to ask for instead."""


def write_export(module: ModuleType, entries: Sequence[Entry], assignment: str, target: Path) -> list[Path]:
    """Writes the format's files and gives their paths.

    `target` is the file to write, or the directory for a format with one file per submission; a file will do
    there too where there is one submission only.
    """
    if not is_per_submission(module):
        write_whole(target, _encoded(module, entries, assignment))
        return [target]
    results = list({entry.result.submission: entry.result for entry in entries if entry.result}.values())
    if target.suffix:
        if len(results) != 1:
            raise ExportError(f"{target.name} holds one submission, and there are {len(results)}: give a directory")
        paths = {target: results[0]}
    else:
        paths = {target / folder_name(result.submission) / module.FILE_NAME: result for result in results}
    return [_write_one(module, path, result) for path, result in paths.items()]


def write_unmatched(target: Path, entries: Sequence[Entry], csv_format: ModuleType) -> Path | None:
    """Beside `target`, a spreadsheet of everybody who is in one list only; none where there is nobody."""
    file = target.with_name(f"{target.stem}.unmatched.csv")
    alone = [entry for entry in entries if not (entry.result and entry.student)]
    if not alone:
        file.unlink(missing_ok=True)
        return None
    write_whole(file, _encoded(csv_format, alone, ""))
    return file


def _encoded(module: ModuleType, entries: Sequence[Entry], assignment: str) -> bytes:
    text: str = module.render(entries, assignment)
    return text.encode(getattr(module, "ENCODING", "utf-8"))


def folder_name(submission: str) -> str:
    """A directory for a submission: its own name where that is plain, else one with a digest."""
    plain = "".join(c if c.isalnum() or c in " ._-@+,'()" else "_" for c in visible(submission)).strip(" .")
    if submission and plain == submission and len(plain.encode()) <= 100:
        return plain
    digest = hashlib.sha256(submission.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{plain[:40]}-{digest}"


def _write_one(module: ModuleType, path: Path, result: SubmissionResult) -> Path:
    write_whole(path, module.render_one(result))
    return path
