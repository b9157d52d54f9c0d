"""Canvas gradebook import: a CSV file with a column of grades and a column of feedback.

Source: instructure/canvas-lms, `lib/gradebook_importer.rb`. The header must begin with Student, ID, SIS
User ID, SIS Login ID, Section; a "Points Possible" row may follow it. A student is found by ID (Canvas's
own), then SIS User ID, then SIS Login ID, then by name, which two people may share. A column between Section
and the grades is a custom gradebook column if the course has one of that title; if not, Canvas asks in its
preview whether to make an assignment of it: answer no, or add the column to the course first.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.results.formats.roster import Entry
from grader.results.formats.table import Cell, csv_text
from grader.results.formats.words import headlines

FILE_NAME = "canvas.csv"
MATCHED_ONLY = True
ADVICE = "Canvas will ask about the feedback column: it is a custom gradebook column, no new assignment."
_WHO = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def render(entries: Sequence[Entry], assignment: str) -> str:
    """Only people who are both on the roster and have a submission: an empty grade would erase one."""
    pairs = [(entry.student, entry.result) for entry in entries if entry.student and entry.result]
    possible = max((result.max_score for _, result in pairs), default=0)
    rows: list[list[Cell]] = [[*_WHO, f"{assignment} feedback", assignment]]
    rows.append(["    Points Possible", None, None, None, None, None, possible])
    for who, result in pairs:
        login = who.username or who.email
        feedback = "; ".join(headlines(result))
        rows.append([who.name, who.canvas_id, who.id, login, who.section, feedback, result.score])
    return csv_text(rows)
