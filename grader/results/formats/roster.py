"""A class list: a CSV file with a header, as GitHub Classroom, Classroom 50, Canvas, Moodle or a spreadsheet writes it.

Source: instructure/canvas-lms, `lib/gradebook_exporter.rb` (`Student, ID, SIS User ID, SIS Login ID, Section`, a row of
"Points Possible", perhaps a row of posting policies; commas, semicolons or tabs, with or without a byte order mark);
docs.moodle.org, "Grade export" and "Offline grading worksheet" (whose Identifier is a number of this assignment).
Columns are known by the names that those systems give them; others are ignored.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.results.escape import uncell, visible
from grader.results.records import SubmissionResult

_COLUMNS = {
    "repository": ("repository", "repo", "repository name", "student_repository_name", "submission"),
    "username": ("username", "user name", "login", "github_username", "github", "sis login id"),
    "email": ("email", "e-mail", "email address", "mail"),
    "id": ("sis user id", "id", "student_id", "student id", "id number", "idnumber", "identifier", "sis_id"),
    "canvas_id": ("canvas_id", "canvas id"),
    "name": ("name", "full name", "student", "display name"),
    "first_name": ("first_name", "first name", "firstname"),
    "last_name": ("last_name", "last name", "lastname", "surname"),
    "section": ("section", "sections"),
    "integration_id": ("integration id",),
    "root_account": ("root account",),
}
# In Canvas's own file ID is Canvas's own number, and no student id.
_CANVAS = {**_COLUMNS, "canvas_id": ("id",), "id": ("sis user id",), "username": ("sis login id",)}
_MATCHABLE = ("repository", "username", "email", "id", "canvas_id", "name")
_SEPARATORS = ",;\t"
_PARTICIPANT = re.compile(r"\D*\s\d+")  # "Participant 657737", in Moodle's worksheet


class RosterError(Exception):
    """A roster cannot be used; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class Student:
    """One row of a roster; what it does not say is the empty string."""

    repository: str = ""
    username: str = ""
    email: str = ""
    id: str = ""
    canvas_id: str = ""
    name: str = ""
    section: str = ""
    integration_id: str = ""
    root_account: str = ""
    line: int = field(default=0, compare=False)

    @property
    def handles(self) -> frozenset[str]:
        """What a submission of this student may be called: each is compared as a whole."""
        return frozenset(
            plain(text) for text in (self.username, self.id, self.canvas_id, self.email, *self.names) if text
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The name as it stands, and "Smith, Jane" the other way round."""
        last, comma, first = self.name.partition(",")
        return (self.name, f"{first.strip()} {last.strip()}") if comma else (self.name,)

    @property
    def repository_name(self) -> str:
        """The last part of a repository's name or address, as a clone's directory is called."""
        return plain(self.repository.rstrip("/").removesuffix(".git").rpartition("/")[2])

    def __str__(self) -> str:
        return visible(self.name or self.username or self.email or self.id or self.repository)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a class: a submission, a student, or both. Without a roster `student` is None throughout."""

    result: SubmissionResult | None
    student: Student | None = None

    @property
    def title(self) -> str:
        """A name to show."""
        if self.student:
            return str(self.student)
        return visible(self.result.submission) if self.result else ""


# Excel's files, new and old, by their first bytes.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE = 'save it as "CSV UTF-8"'


def plain(text: str) -> str:
    """Text for comparing: one form of every accented letter, no case, no doubled blanks."""
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


def read_roster(path: Path) -> list[Student]:
    """Every student of a CSV file, in its order; a row that stands there twice counts once. Raises RosterError."""
    try:
        content = path.read_bytes()
        if content.startswith(_WORKBOOKS):
            raise RosterError(f"{path} is a workbook and no text; {_SAVE}")
        # Excel's own line, which says what separates its cells, is none of the list.
        text = re.sub(r"\A[\"]?sep=.[\"]?(\r\n?|\n)", "\n", _decoded(content))
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
        return list(dict.fromkeys(_students(path, rows)))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise RosterError(f"{path}: cannot be read as a UTF-8 CSV file ({problem}); {_SAVE}") from problem


def twice(path: Path, students: Sequence[Student]) -> dict[Student, str]:
    """The rows that share an id with another one, each with what to do about it: none of them gets a grade."""
    found: dict[Student, str] = {}
    for kind in ("id", "username", "email", "canvas_id"):
        seen: dict[str, Student] = {}
        for student in students:
            value = plain(getattr(student, kind))
            other = seen.setdefault(value, student) if value else student
            if other is not student:
                text = f"{path}:{student.line}: the same {kind.replace('_', ' ')} {value!r} as in line {other.line}"
                found.setdefault(other, "")
                found[student] = f"{text}: correct one of them; neither has a grade yet"
    return found


def _decoded(content: bytes) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig")


def _separator(text: str) -> str:
    """The separator under which most of the header's columns are known."""
    lines = text.splitlines()
    header = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=lambda mark: len(_places(next(csv.reader([header], delimiter=mark), []))))


def _students(path: Path, rows: Iterator[list[str]]) -> Iterator[Student]:
    header = next((row for row in rows if any(cell.strip() for cell in row)), [])
    places = _places(header)
    if not set(places) & {*_MATCHABLE, "last_name"}:
        raise RosterError(f"{path}:1: no column to match by; one of repository, username, email, id or name is needed")
    for row in rows:
        values = {key: uncell(row[place].strip()) for key, place in places.items() if place < len(row)}
        if any(values.values()) and plain(values.get("name") or values.get("last_name", "")) != "points possible":
            yield _student(values, f"{path}:{rows.line_num}", rows.line_num)  # type: ignore[attr-defined]


def _student(values: dict[str, str], where: str, line: int) -> Student:
    if _PARTICIPANT.fullmatch(values.get("id", "")):
        values["id"] = ""
    if "@" in values.get("id", "") and not values.get("email"):  # as GitHub Classroom's identifiers often are
        values["email"] = values["id"]
    first, last = values.pop("first_name", ""), values.pop("last_name", "")
    values["name"] = values.get("name") or f"{first} {last}".strip()
    if not any(values.get(key) for key in _MATCHABLE):
        raise RosterError(f"{where}: no repository, user name, id, e-mail address or name")
    return Student(**values, line=line)


def _places(header: Iterable[str]) -> dict[str, int]:
    """Which column of this file holds what; the first of several names wins, and the first of several such columns."""
    known: dict[str, int] = {}
    for place, name in enumerate(header):
        known.setdefault(plain(name), place)
    columns = _CANVAS if "sis login id" in known or {"student", "id", "section"} <= set(known) else _COLUMNS
    found = {key: next((known[name] for name in names if name in known), None) for key, names in columns.items()}
    return {key: place for key, place in found.items() if place is not None}
