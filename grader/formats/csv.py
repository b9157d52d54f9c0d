"""A spreadsheet of the class: who, points, a column per check, what to fix.

Source: RFC 4180 (CSV); OWASP, "CSV Injection", for the cells that could start a formula.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.formats.roster import Entry
from grader.formats.table import Cell, csv_text
from grader.formats.words import headlines, label

FILE_NAME = "grades.csv"


def render(entries: Sequence[Entry], assignment: str) -> str:
    """A row per entry; who is in one list only has the other's cells empty."""
    keys = _keys(entries)
    header = ["submission", "name", "username", "email", "id", "section", "score", "max_score"]
    rows = [[*_person(entry), *_grade(entry, keys)] for entry in entries]
    return csv_text([[*header, *(title for _, _, title in keys), "feedback"], *rows])


def _keys(entries: Sequence[Entry]) -> list[tuple[int, str, str]]:
    """Every check of the class as (stage, exercise, column title), in the order of the results."""
    found = {
        (check.stage, check.exercise, label(check) if check.id else f"{check.exercise} (general)"): None
        for entry in entries
        if entry.result
        for check in entry.result.checks
    }
    return sorted(found, key=lambda key: key[0])


def _person(entry: Entry) -> list[Cell]:
    who, result = entry.student, entry.result
    known = [who.name, who.username, who.email, who.id, who.section] if who else [None] * 5
    return [result.submission if result else None, *known]


def _grade(entry: Entry, keys: Sequence[tuple[int, str, str]]) -> list[Cell]:
    if entry.result is None:
        return [None] * (len(keys) + 3)
    points = {
        (c.stage, c.exercise, label(c) if c.id else f"{c.exercise} (general)"): c.points
        for c in entry.result.checks
    }
    total: list[Cell] = [entry.result.score, entry.result.max_score]
    return [*total, *(points.get(key) for key in keys), "; ".join(headlines(entry.result))]
