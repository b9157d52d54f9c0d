"""A class in a terminal: a row per submission, means, a line per exercise and a line per mistake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import mean, median

from grader.course.catalogue import find_page, stages
from grader.results.board import points_text
from grader.results.escape import logged
from grader.results.feedback import Line
from grader.results.records import SubmissionResult

MAX_ROWS = 40
MAX_MISTAKES = 12
NAME_WIDTH = 28
BAR_WIDTH = 20
ORDERS = ("score", "name")
# What kind of error a message tells of; whatever is none of these is an exception of the student's own code.
_ERRORS = {
    "layout": re.compile(r"[^:—]*(/|\.py) is missing\b|[^:—]* defines no function |`\w+` in \S+ is not a function; "),
    "syntax": re.compile(r"(SyntaxError|IndentationError|TabError)\b|[^:—]* cannot be read as Python"),
    "import": re.compile(r"(ImportError|ModuleNotFoundError)\b|This result needs [^:—,]+, which is not there"),
}


@dataclass(frozen=True)
class _Row:
    name: str
    score: float
    most: float
    remarks: str

    @property
    def share(self) -> float:
        return self.score / self.most if self.most else 0.0


class Overview:
    """Gathers what a class came to, in a few numbers for each submission."""

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}
        self._mistakes: Counter[str] = Counter()
        self._passed: Counter[tuple[int, str]] = Counter()
        self._asked: Counter[tuple[int, str]] = Counter()

    def add(self, result: SubmissionResult) -> None:
        """Count one submission."""
        remarks = _remarks(result)
        self._rows[result.submission] = _Row(result.submission, result.score, result.max_score, remarks)
        self._mistakes.update({check.id for check in result.checks if check.status == "mistake" and check.id})
        asked = {(check.stage, check.exercise) for check in result.checks}
        self._asked.update(asked)
        self._passed.update(asked - {(c.stage, c.exercise) for c in result.checks if not c.passed})

    @property
    def totals(self) -> set[float]:
        """What could be reached: one number where all hold the same stages."""
        return {row.most for row in self._rows.values()}

    def lines(self, order: str = "score", everything: bool = False) -> Iterator[Line]:
        """The class, worst first or by name; the rows and mistakes of a large one are cut, unless `everything`."""
        yield from self._row_lines(order, everything)
        yield from self._exercise_lines()
        yield from mistake_lines(self._mistakes, everything)

    def _row_lines(self, order: str, everything: bool) -> Iterator[Line]:
        rows = sorted(self._rows.values(), key=lambda row: row.name)
        if order == "score":
            rows.sort(key=lambda row: row.share)
        shown = rows if everything else rows[:MAX_ROWS]
        for row in shown:
            points = f"{points_text(row.score)} / {points_text(row.most)}"
            text = f"{_cut(logged(row.name), NAME_WIDTH):<{NAME_WIDTH}} {points:>9}  {row.remarks}".rstrip()
            yield Line("done" if row.most and row.score >= row.most else "", text)
        if len(rows) > len(shown):
            yield Line("note", f"… and {len(rows) - len(shown)} more (--all shows them)")
        if rows:
            shares = [row.share for row in rows]
            yield Line("head", f"Mean {mean(shares):.0%}, median {median(shares):.0%} of the points")
            yield Line("", "")

    def _exercise_lines(self) -> Iterator[Line]:
        if not self._asked:
            return
        yield Line("head", "Exercises, and how many have all of it right")
        for stage in stages():
            for exercise in stage.exercises:
                key = (stage.number, exercise.name)
                if asked := self._asked[key]:
                    passed = self._passed[key]
                    yield Line("", f"{stage.number}  {exercise.name:<23} {_bar(passed / asked)} {passed:>4} of {asked}")
        yield Line("", "")


def mistake_lines(made: Counter[str], everything: bool = True) -> Iterator[Line]:
    """A bar per mistake, the most frequent first; `made` counts students by mistake."""
    if not made:
        return
    yield Line("head", "Mistakes by students")
    ordered = made.most_common(None if everything else MAX_MISTAKES)
    for mistake, count in ordered:
        page = find_page(mistake)
        yield Line("", f"{mistake:<5} {_bar(count / ordered[0][1], 1)} {count:>4}  {page.title if page else ''}")
    if len(made) > len(ordered):
        left = len(made) - len(ordered)
        yield Line("note", f"… and {left} more, none of them made more often (--all shows them)")
    yield Line("", "")


def who_made(results: Iterable[SubmissionResult], mistake: str) -> dict[str, list[str]]:
    """The submissions that show a mistake, each with the exercises that show it."""
    found: dict[str, list[str]] = {}
    for result in results:
        for check in result.checks:
            if check.id == mistake and check.status == "mistake":
                found.setdefault(result.submission, []).append(check.exercise)
    return found


def error_kind(message: str) -> str:
    """Which kind of error a check's message tells of: layout, syntax, import, or an exception."""
    return next((kind for kind, pattern in _ERRORS.items() if pattern.match(message)), "exception")


def _remarks(result: SubmissionResult) -> str:
    """How late it is, the mistakes by id, and how many checks failed otherwise; errors by their kind."""
    checks = result.checks
    late = [result.late.text] if result.late else []
    mistakes = dict.fromkeys(check.id or "" for check in checks if check.status == "mistake")
    counts = Counter(error_kind(c.message) if c.status == "error" else c.status for c in checks)
    kinds = ("wrong", *_ERRORS, "exception", "timeout", "todo")
    return ", ".join([*late, *mistakes, *(f"{counts[kind]} {kind}" for kind in kinds if counts[kind])])


def _bar(share: float, least: int = 0) -> str:
    """A bar of fixed width; full only where the share is."""
    return f"{'█' * max(least, int(share * BAR_WIDTH)):<{BAR_WIDTH}}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
