"""Canvas: the zip of "Download Submissions", a flat list of files.

Source: instructure/canvas-lms, `lib/content_zipper.rb`: `NAME_USER_FILE_original.py`, where NAME is the sortable name
without blanks and punctuation, `_LATE` stands behind it for a late submission, and USER and FILE are Canvas's own ids;
`anon_ID_FILE_original.py` where grading is anonymous; `NAME_USER_text.html` and `_link.html` for what was typed in. Of
several attempts Canvas gives the last. A file that is handed in again is called `heads-1.py`
(`Attachment.make_unique_filename`): it gets its own name back where the course asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from grader.frontends.collect import Piece, person

_FILE = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<id>\d+)_(?P<file>.+)", re.DOTALL)
_HIDDEN = re.compile(r"(?P<late>LATE_)?(?P<user>anon_[A-Za-z0-9]+)_(?P<id>\d+)_(?P<file>.+)", re.DOTALL)
_TYPED = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file>(?:text|link)\.html)", re.DOTALL)


def pieces(names: Sequence[str], read: Callable[[str], str]) -> Iterator[Piece]:
    """A piece for each file, whatever folder the files were unpacked into."""
    for path in names:
        found = next((m for form in (_HIDDEN, _FILE, _TYPED) if (m := form.fullmatch(path.rpartition("/")[2]))), None)
        if found:
            parts = found.groupdict()
            student = "_".join(part for part in (parts.get("name"), parts["user"]) if part)
            user = "" if parts["user"].startswith("anon_") else parts["user"]
            yield Piece(
                path,
                student,
                _own_name(parts["file"]),
                (person(canvas_id=user),) if user else (),
                order=int(parts.get("id") or 0),
                late=bool(parts["late"]),
            )


@cache
def _asked_for() -> frozenset[str]:
    from grader.course.catalogue import stages

    return frozenset(
        name for s in stages() for name in (f"{s.name}.ipynb", f"{s.name}.zip", *map("{}.py".format, s.stems))
    )


def _own_name(file: str) -> str:
    bare = re.sub(r"-\d+(?=\.\w+$)", "", file)
    return bare if bare in _asked_for() else file
