"""The files that lie beside the notebooks of a submission: what of them is copied, and which folders are refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from nbgrader.utils import find_all_files

# Of one file, and of all. A file may be larger than what it takes on the disk, but a copy of it is not.
MOST_BYTES, MOST_IN_ALL = 64 << 20, 256 << 20


def link_problem(source: Path) -> str:
    """Why a student's folder `submitted/STUDENT/ASSIGNMENT` is not graded: it is a link, or stands behind one."""
    for path in (source.parent, source):
        if path.is_symlink():
            return f"{path} is a link to {os.readlink(path)!r}: links are not followed, put the folder itself there"
    return ""


def copy_files(folder: str, target: Path, ignored: list[str], kept: Collection[str] = ()) -> None:
    """Copy what lies below `folder`. Links and devices are left out, and so is what is too large."""
    left = MOST_IN_ALL
    for path in sorted(set(find_all_files(folder, ignored)) - set(kept)):
        size = os.lstat(path).st_size
        if os.path.islink(path) or not os.path.isfile(path) or size > min(MOST_BYTES, left):
            continue
        left -= size
        shutil.copy(path, _free(target, os.path.relpath(path, folder)), follow_symlinks=False)


def _free(target: Path, name: str) -> Path:
    """The place for a file below `target`, with nothing in it. What was there goes, be it a file or a whole folder."""
    place = target / name
    for above in reversed(place.relative_to(target).parents):
        if not (target / above).is_dir():
            (target / above).unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    return place
