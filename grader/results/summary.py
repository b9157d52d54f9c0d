"""What an instructor sees when a batch is graded: the class, notes, and what could not be graded."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.results.escape import logged, one_line
from grader.results.overview import Overview
from grader.results.told import write_lines

if TYPE_CHECKING:
    from grader.results.records import Event

MAX_NOTES = 12


class Summary:
    """Gathers what becomes of the submissions, in a few numbers each."""

    def __init__(self) -> None:
        self.count = self.kept = self.reweighed = 0
        self.problems: dict[str, str] = {}
        self.isolation: dict[str, object] = {}
        self._class = Overview()
        self._notes: dict[str, tuple[str, ...]] = {}

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
        self._class.add(result)
        self._notes |= {event.name: result.notes} if result.notes else {}

    def show(self, out: Path, order: str = "score", everything: bool = False) -> None:
        """Print the table, the class's mistakes, what could not be graded, and where the files are."""
        write_lines(self._class.lines(order, everything))
        self._show_notes()
        weighed = f", {self.reweighed} of them re-weighed" if self.reweighed else ""
        kept = f" ({self.kept} kept from an earlier run{weighed})" if self.kept else ""
        graded = f"{self.count} submission{'' if self.count == 1 else 's'} graded{kept}"
        print(f"{graded}: {out / 'results.jsonl'}, {out / 'gradebook.csv'}")
        if len(self._class.totals) > 1:
            print("Not all hold the same stages; each is scored over what it holds (--stage N asks the same of all).")
        if not self.isolation.get("complete"):
            print('The code ran WITHOUT a full wall (see "isolation" in the results).')
        for name, problem in sorted(self.problems.items()):
            print(f"misstep grade: {logged(name)} could NOT be graded, a fault of ours:", file=sys.stderr)
            print("\n".join(one_line(line, 300) for line in problem.splitlines()[-4:]), file=sys.stderr)

    def _show_notes(self) -> None:
        """What was guessed about submissions, of the first few that there is something to say of."""
        lines = [f"{logged(name)}: {one_line(note)}" for name, notes in sorted(self._notes.items()) for note in notes]
        for line in lines[:MAX_NOTES]:
            print(f"Note. {line}")
        if len(lines) > MAX_NOTES:
            print(f"… and {len(lines) - MAX_NOTES} more notes, in results.jsonl")
        if lines:
            print()
