"""Blackboard Learn: the zip of "Assignment File Download", a flat list of files with every attempt that was asked for.

Source: public readers of the format (kwurst/bb-file-cleanup, vangef/BBGradebookOrganiser):
`Assignment_user_attempt_2017-02-09-23-33-16_original.py`, and beside each attempt
`Assignment_user_attempt_2017-02-09-23-33-16.txt`, which says `Name: Jane Smith (user)` and, for each file,
`Original filename:` and `Filename:`. Late attempts are not marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from grader.frontends.collect import Piece, person

_FORM = re.compile(
    r"(?P<whose>.+)_attempt_(?P<time>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(?P<file>.+)|(?P<slip>\.txt))", re.DOTALL
)
_NAME = re.compile(r"^Name:[ \t]*(?P<name>.*?)[ \t]*\((?P<user>[^()\n]+)\)[ \t]*\r?$", re.MULTILINE)
_FILES = re.compile(r"Original filename:[ \t]*(.+?)[ \t]*\r?\n\s*Filename:[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)


def pieces(names: Sequence[str], read: Callable[[str], str]) -> Iterator[Piece]:
    """A piece for each file; the slip of an attempt is Blackboard's own and stays out."""
    found = {path: m for path in names if (m := _FORM.fullmatch(path.rpartition("/")[2]))}
    slips = {(m["whose"], m["time"]): read(path) for path, m in found.items() if m["slip"]}
    shared = _assignment([m["whose"] for m in found.values()])
    for path, parts in found.items():
        slip = slips.get((parts["whose"], parts["time"]), "")
        said = _NAME.search(slip)
        user = said["user"] if said else parts["whose"].removeprefix(shared)
        people = (person(username=user, name=said["name"] if said else ""),)
        originals = {given: original for original, given in _FILES.findall(slip)}
        file = str(originals.get(path.rpartition("/")[2], parts["file"] or ""))
        # A slip alone still says that somebody handed something in.
        yield Piece(path, user, file, people, attempt=parts["time"], submitted=parts["time"])


def _assignment(whose: list[str]) -> str:
    """What stands before every user name, up to an underscore."""
    words = [name.split("_")[:-1] for name in whose]
    shared = takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False))
    return "".join(f"{column[0]}_" for column in shared)
