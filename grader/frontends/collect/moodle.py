"""Moodle: the zip of "Download all submissions" of an assignment, in folders or flat.

Source: moodle/moodle, `mod/assign/classes/downloader.php` (and `mod/assign/locallib.php` of earlier versions):
`Full Name_ID_assignsubmission_file/…` with a folder per student (before Moodle 4, `…_file_/`), or
`Full Name_ID_assignsubmission_file_original.py` without; a group's name stands in the place of a student's, and the
default group has no ID. ID is the number of the participant in this assignment, and no user's. Of several attempts
Moodle gives the last, and it does not say which are late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from grader.frontends.collect import Piece, person

_FORM = re.compile(
    r"(?:.*/)?(?P<name>[^/]+?)(?P<id>_\d+)?_assignsubmission_(?P<kind>[a-z]+)(?:_?/(?P<path>.+)|_(?P<flat>[^/]+))",
    re.DOTALL,
)


def pieces(names: Sequence[str], read: Callable[[str], str]) -> Iterator[Piece]:
    """A piece for each file; what was typed in (`onlinetext`) is kept beside the files."""
    for path in names:
        if found := _FORM.fullmatch(path):
            name = found["name"]
            people = (person(name=name),) if found["id"] else ()
            yield Piece(path, f"{name}{found['id'] or ''}", found["path"] or found["flat"], people)
