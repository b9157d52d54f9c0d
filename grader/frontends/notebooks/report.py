"""What an instructor sees of `misstep nbgrader autograde`: students, mistakes, and what could not be graded."""

from __future__ import annotations

import sys
from collections import Counter

from grader.course.numbers import count
from grader.frontends.notebooks.event import Event
from grader.frontends.notebooks.judged import mistakes_in
from grader.results.board import points_text
from grader.results.escape import one_line
from grader.results.overview import mistake_lines

MAX_ROWS = 40


class Report:
    """Counts events and prints them when all are there."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, event: Event) -> None:
        """One more submission."""
        self.events.append(event)

    def stopped(self, why: str = "stopped") -> None:
        """The instructor has had enough for now, or there is nothing left to grade on."""
        print(f"\nmisstep nbgrader: {why}; {len(self.events)} are graded. The same command goes on.", file=sys.stderr)

    def close(self) -> int:
        """Print the table; 1 where somebody could not be graded, else 0."""
        graded = sorted((event for event in self.events if not event.problem), key=lambda event: event.student)
        for event in graded[:MAX_ROWS]:
            points = f"{points_text(event.score)} / {points_text(event.max_score)}"
            print(f"{one_line(event.student, 40):<30} {points:>11}{'  late' if event.late else ''}")
        if len(graded) > MAX_ROWS:
            print(f"… and {len(graded) - MAX_ROWS} more")
        made = Counter(mistake for event in graded for mistake in mistakes_in(event.graded))
        print("\n".join(["", *(line.text for line in mistake_lines(made))]))
        kept = sum(event.kept for event in graded)
        print(f"{count(len(graded), 'submission')} graded{f' ({kept} kept from an earlier run)' if kept else ''}")
        for event in (event for event in graded if event.notes):
            print(f"misstep nbgrader: {one_line(event.student, 60)}: {'; '.join(event.notes)}", file=sys.stderr)
        failed = [event for event in self.events if event.problem]
        for event in failed:
            name = one_line(event.student, 100)
            print(f"misstep nbgrader: {name} could NOT be graded, a fault of ours:", file=sys.stderr)
            print("\n".join(one_line(line, 300) for line in event.problem.splitlines()[-4:]), file=sys.stderr)
        return 1 if failed else 0
