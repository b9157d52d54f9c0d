"""Canvas gradebook import: a CSV file with a column of grades and a column of feedback.

Source: instructure/canvas-lms, `lib/gradebook_importer.rb`. The header must begin with Student, ID, SIS
User ID, SIS Login ID, Section, where Integration ID and Root Account may stand before Section; a "Points
Possible" row may follow it. A student is found by ID (Canvas's own), then SIS User ID, then SIS Login ID, then
by name, which two people may share; every id goes back into the column that a roster from Canvas had it in. A
column between Section and the grades is a custom gradebook column if the course has one of that title; if not,
Canvas asks in its preview whether to make an assignment of it: answer no, or add the column to the course first.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.results.formats.roster import Entry, Student
from grader.results.formats.table import Cell, csv_text
from grader.results.formats.words import headlines

FILE_NAME = "canvas.csv"
MATCHED_ONLY = True
ADVICE = "Canvas will ask about the feedback column: it is a custom gradebook column, no new assignment."
_COLUMNS = {
    "Student": "name",
    "ID": "canvas_id",
    "SIS User ID": "id",
    "SIS Login ID": "username",
    "Integration ID": "integration_id",
    "Root Account": "root_account",
    "Section": "section",
}
_OPTIONAL = ("integration_id", "root_account")


def render(entries: Sequence[Entry], assignment: str) -> str:
    """Only people who are both on the roster and have a submission: an empty grade would erase one."""
    pairs = [(entry.student, entry.result) for entry in entries if entry.student and entry.result]
    possible = max((result.max_score for _, result in pairs), default=0)
    columns = {
        title: key
        for title, key in _COLUMNS.items()
        if key not in _OPTIONAL or any(getattr(who, key) for who, _ in pairs)
    }
    rows: list[list[Cell]] = [[*columns, f"{assignment} feedback", assignment]]
    rows.append(["    Points Possible", *[None] * len(columns), possible])
    for who, result in pairs:
        known = {"username": _login(who)}
        cells = [known.get(key, getattr(who, key)) for key in columns.values()]
        rows.append([*cells, "; ".join(headlines(result)), result.score])
    return csv_text(rows)


def _login(who: Student) -> str:
    """An e-mail address is a login at many schools; where Canvas's own number is known, nothing is guessed."""
    return who.username or ("" if who.canvas_id else who.email)
