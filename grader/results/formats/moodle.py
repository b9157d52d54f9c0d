"""Moodle grade import: a CSV file to be mapped by e-mail address, ID number or user name.

Source: docs.moodle.org, "Grade import", and moodle/moodle, `grade/import/csv/classes/load_data.php`. Map
the grade and the feedback column both: a feedback column imported alone erases the grades of its activity.
One person whom Moodle does not know stops the whole import, an empty grade erases one, addresses are compared
with their case, and grades above 100 are refused unless the site allows them. Feedback is shown as HTML.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.results.escape import html
from grader.results.formats.roster import Entry
from grader.results.formats.table import Cell, csv_text
from grader.results.formats.words import explained

FILE_NAME = "moodle.csv"
MATCHED_ONLY = True
ADVICE = "In Moodle, map the grade and the feedback column both: feedback alone erases the grades."


def render(entries: Sequence[Entry], assignment: str) -> str:
    """Only people who are both on the roster and have a submission."""
    rows: list[list[Cell]] = [
        ["Username", "ID number", "Email address", assignment, f"Feedback: {assignment}"],
    ]
    for entry in entries:
        if entry.student and entry.result:
            who = entry.student
            feedback = "<br>".join(html(line) for line in explained(entry.result))
            rows.append([who.username, who.id, who.email, entry.result.score, feedback])
    return csv_text(rows)
