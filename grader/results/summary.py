"""What an instructor sees when a batch is graded: a row per submission, and the class's mistakes."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course.catalogue import find_page
from grader.results.board import points_text
from grader.results.escape import logged, one_line

if TYPE_CHECKING:
    from grader.results.records import Event, SubmissionResult

MAX_ROWS = 40
MAX_MISTAKES = 12
MAX_NOTES = 12
NAME_WIDTH = 28
BAR_WIDTH = 20


class Summary:
    """Gathers what becomes of the submissions, in a few numbers each."""

    def __init__(self) -> None:
        self.count = self.kept = self.reweighed = 0
        self.problems: dict[str, str] = {}
        self.isolation: dict[str, object] = {}
        self._rows: dict[str, tuple[float, float, str]] = {}
        self._notes: dict[str, tuple[str, ...]] = {}
        self._mistakes: Counter[str] = Counter()
        self._most: set[float] = set()

    def add(self, event: Event) -> None:
        """Count one submission."""
        if event.result is None:
            self.problems[event.name] = event.problem
            return
        result = event.result
        self.count += 1
        self.kept += event.kept
        self.reweighed += event.reweighed
        self.isolation = dict(result.isolation)
        self._rows[event.name] = (result.score, result.max_score, _remarks(result))
        self._notes |= {event.name: result.notes} if result.notes else {}
        self._mistakes.update({check.id for check in result.checks if check.status == "mistake" and check.id})
        self._most.add(result.max_score)

    def show(self, out: Path) -> None:
        """Print the table, the class's mistakes, what could not be graded, and where the files are."""
        self._show_rows()
        self._show_mistakes()
        self._show_notes()
        weighed = f", {self.reweighed} of them re-weighed" if self.reweighed else ""
        kept = f" ({self.kept} kept from an earlier run{weighed})" if self.kept else ""
        graded = f"{self.count} submission{'' if self.count == 1 else 's'} graded{kept}"
        print(f"{graded}: {out / 'results.jsonl'}, {out / 'gradebook.csv'}")
        if len(self._most) > 1:
            print("Not all hold the same stages; each is scored over what it holds (--stage N asks the same of all).")
        if not self.isolation.get("complete"):
            print('The code ran WITHOUT a full wall (see "isolation" in the results).')
        for name, problem in sorted(self.problems.items()):
            print(f"misstep grade: {logged(name)} could NOT be graded, a fault of ours:", file=sys.stderr)
            print("\n".join(one_line(line, 300) for line in problem.splitlines()[-4:]), file=sys.stderr)

    def _show_rows(self) -> None:
        for name, (score, most, remarks) in sorted(self._rows.items())[:MAX_ROWS]:
            points = f"{points_text(score)} / {points_text(most)}"
            print(f"{_cut(logged(name), NAME_WIDTH):<{NAME_WIDTH}} {points:>9}  {remarks}".rstrip())
        if len(self._rows) > MAX_ROWS:
            print(f"… and {len(self._rows) - MAX_ROWS} more")
        print()

    def _show_notes(self) -> None:
        """What was guessed about submissions, of the first few that there is something to say of."""
        lines = [f"{logged(name)}: {one_line(note)}" for name, notes in sorted(self._notes.items()) for note in notes]
        for line in lines[:MAX_NOTES]:
            print(f"Note. {line}")
        if len(lines) > MAX_NOTES:
            print(f"… and {len(lines) - MAX_NOTES} more notes, in results.jsonl")
        if lines:
            print()

    def _show_mistakes(self) -> None:
        if not self._mistakes:
            return
        print("Mistakes by students")
        for mistake, count in self._mistakes.most_common(MAX_MISTAKES):
            page = find_page(mistake)
            filled = max(1, round(BAR_WIDTH * count / self._mistakes.most_common(1)[0][1]))
            print(f"{mistake:<5} {'█' * filled:<{BAR_WIDTH}} {count:>4}  {page.title if page else ''}")
        if len(self._mistakes) > MAX_MISTAKES:
            print(f"… and {len(self._mistakes) - MAX_MISTAKES} more, none of them made more often")
        print()


def _remarks(result: SubmissionResult) -> str:
    """The mistakes by id, and how many checks failed otherwise."""
    mistakes = dict.fromkeys(check.id or "" for check in result.checks if check.status == "mistake")
    counts = Counter(check.status for check in result.checks)
    others = [f"{counts[status]} {status}" for status in ("wrong", "error", "timeout", "todo") if counts[status]]
    return ", ".join([*mistakes, *others])


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
