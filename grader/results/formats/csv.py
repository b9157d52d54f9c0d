"""A spreadsheet of the class: who, points, a column per check, what to fix.

Source: RFC 4180 (CSV); OWASP, "CSV Injection", for the cells that could start a formula.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.results.formats.roster import Entry
from grader.results.formats.table import Cell, csv_text
from grader.results.formats.words import headlines
from grader.results.verdict import Verdict

FILE_NAME = "grades.csv"
ENCODING = "utf-8-sig"  # Excel takes a file without the mark for one of the local code page
Key = tuple[int, str, str]  # stage, exercise, mistake


def render(entries: Sequence[Entry], assignment: str) -> str:
    """A row per entry; who is in one list only has the other's cells empty."""
    keys = _keys(entries)
    header = ["submission", "name", "username", "email", "id", "section", "score", "max_score"]
    titles = [f"stage{stage} {exercise} {name}" for stage, exercise, name in keys]
    rows = [[*_person(entry), *_grade(entry, keys)] for entry in entries]
    return csv_text([[*header, *titles, "feedback"], *rows])


def _keys(entries: Sequence[Entry]) -> list[Key]:
    """Every check of the class, by stage and otherwise in the order of the results."""
    found = {_key(check): None for entry in entries if entry.result for check in entry.result.checks}
    return sorted(found, key=lambda key: key[0])


def _key(check: Verdict) -> Key:
    return check.stage, check.exercise, check.label


def _person(entry: Entry) -> list[Cell]:
    who, result = entry.student, entry.result
    known = [who.name, who.username, who.email, who.id, who.section] if who else [None] * 5
    return [result.submission if result else None, *known]


def _grade(entry: Entry, keys: Sequence[Key]) -> list[Cell]:
    if entry.result is None:
        return [None] * (len(keys) + 3)
    points = {_key(check): check.points for check in entry.result.checks}
    total: list[Cell] = [entry.result.score, entry.result.max_score]
    return [*total, *(points.get(key) for key in keys), "; ".join(headlines(entry.result))]
