"""A class list, and which submission belongs to whom.

A roster is a CSV file with a header. Columns are known by the names that GitHub Classroom
(`identifier, github_username, github_id, name`), Classroom 50 (`username, first_name, last_name, email,
section, …`), Canvas and Moodle give them; others are ignored. Rows without a value to match by are refused.

A submission is matched by `repository`, else by the student's user name, id or e-mail address: it is the
submission's whole name, or its end after a hyphen, as in the directory `attention-mary` of a cloned class.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.results.escape import visible
from grader.results.records import SubmissionResult

_COLUMNS = {
    "repository": ("repository", "repo", "repository name", "student_repository_name", "submission"),
    "username": ("username", "user name", "login", "github_username", "github", "sis login id"),
    "email": ("email", "e-mail", "email address", "mail"),
    "id": ("id", "student_id", "student id", "id number", "idnumber", "identifier", "sis_id", "sis user id"),
    "canvas_id": ("canvas_id", "canvas id"),
    "name": ("name", "full name", "student", "display name"),
    "first_name": ("first_name", "first name"),
    "last_name": ("last_name", "last name", "surname"),
    "section": ("section", "sections"),
}


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

    @property
    def handles(self) -> tuple[str, ...]:
        """What a submission of this student may be called or end with."""
        return tuple(h.casefold() for h in (self.username, self.id, self.email) if h)

    @property
    def repository_name(self) -> str:
        """The last part of a repository's name or address, as a clone's directory is called."""
        return self.repository.casefold().rstrip("/").removesuffix(".git").rpartition("/")[2]

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


def read_roster(path: Path) -> list[Student]:
    """Every student of a CSV file, in its order. Raises RosterError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_students(path, csv.DictReader(file, strict=True)))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise RosterError(f"{path}: cannot be read as a UTF-8 CSV file ({problem})") from problem


def match(results: Sequence[SubmissionResult], roster: Iterable[Student]) -> list[Entry]:
    """Every submission and every student exactly once: matched pairs, then submissions, then students alone.

    Where two submissions fit one student, or two students one submission, none of them is guessed.
    """
    students = list(roster)
    owner_of = _owners(students)
    owners = [owner_of(result.submission.casefold()) for result in results]
    times = Counter(owners)
    matched = [
        Entry(result, students[owner] if owner is not None and times[owner] == 1 else None)
        for result, owner in zip(results, owners, strict=True)
    ]
    alone = [Entry(None, student) for index, student in enumerate(students) if times[index] != 1]
    return [e for e in matched if e.student] + [e for e in matched if not e.student] + alone


def report(entries: Iterable[Entry]) -> list[str]:
    """A sentence for everybody who is in one of the two lists only."""
    lines = []
    for entry in entries:
        if entry.result and not entry.student:
            lines.append(f"submission {entry.title!r} belongs to no one student of the roster")
        if entry.student and not entry.result:
            lines.append(f"student {entry.title!r} of the roster has no submission, or more than one")
    return lines


def _owners(students: Sequence[Student]) -> Callable[[str], int | None]:
    """A function from a submission's name to the index of the one student whom it fits best, else None."""
    by_repository: dict[str, set[int]] = {}
    by_handle: dict[str, set[int]] = {}
    for index, student in enumerate(students):
        by_repository.setdefault(student.repository_name, set()).add(index)
        for handle in student.handles:
            by_handle.setdefault(handle, set()).add(index)

    def owner_of(name: str) -> int | None:
        fits = by_repository.get(name) or by_handle.get(name)
        parts = name.split("-")
        for first in range(1, len(parts)):  # the longest ending first: "hw-mary-ann" is mary-ann's, not ann's
            fits = fits or by_handle.get("-".join(parts[first:]))
        return next(iter(fits)) if fits and len(fits) == 1 else None

    return owner_of


def _students(path: Path, rows: csv.DictReader[str]) -> Iterator[Student]:
    places = _places(path, rows.fieldnames or [])
    for row in rows:
        values = {key: (row[column] or "").strip() for key, column in places.items()}
        if "@" in values.get("id", "") and not values.get("email"):  # as GitHub Classroom's identifiers often are
            values["email"] = values["id"]
        first, last = values.pop("first_name", ""), values.pop("last_name", "")
        student = Student(**{**values, "name": values.get("name") or f"{first} {last}".strip()})
        if not student.handles and not student.repository:
            raise RosterError(f"{path}:{rows.line_num}: no repository, user name, id or e-mail address")
        yield student


def _places(path: Path, header: Iterable[str]) -> dict[str, str]:
    """Which column of this file holds what; the first of several names wins."""
    known = {name.strip().casefold(): name for name in reversed(list(header))}
    places = {}
    for key, names in _COLUMNS.items():
        column = next((known[name] for name in names if name in known), None)
        if column is not None:
            places[key] = column
    if not places.keys() & {"repository", "username", "email", "id"}:
        raise RosterError(f"{path}:1: no column to match by; one of repository, username, email or id is needed")
    return places
