"""All that one student is told: blocks, notes and boards, as a terminal shows them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from grader.course.catalogue import stage
from grader.results.board import bar, board, points_text
from grader.results.feedback import MARGIN, Line, blocks, noted
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

BLANK = Line("", "")
STYLES: dict[str, dict[str, bool]] = {
    "head": {"bold": True},
    "code": {"light": True},
    "ask": {"yellow": True},
    "link": {"cyan": True},
    "note": {"light": True},
    "todo": {"light": True},
    "done": {"green": True},
    "bar": {"yellow": True},
}
_ANSI = {"bold": 1, "light": 2, "green": 32, "yellow": 33, "cyan": 36}


def stage_lines(
    number: int, verdicts: Sequence[Verdict], width: int, printed: Sequence[str] = (), notes: Sequence[str] = ()
) -> Iterator[Line]:
    """One stage from its first block to its bar; `printed` is what the student's code printed."""
    parts = blocks(verdicts, width)
    for place, part in enumerate(parts, start=1):
        yield from part
        # Exercises to do stand together in a list; blocks stand alone.
        if len(part) > 1 or parts[place : place + 1] == [] or len(parts[place]) > 1:
            yield BLANK
    if printed:
        yield from (Line("note", text) for text in printed)
        yield BLANK
    for text in notes:
        yield from noted(text, width)
    if notes:
        yield BLANK
    yield from board(number, stage(number).title, verdicts)
    yield BLANK


def by_stage(verdicts: Sequence[Verdict]) -> dict[int, list[Verdict]]:
    """The verdicts of each stage, in their order."""
    numbers = sorted({verdict.stage for verdict in verdicts})
    return {number: [verdict for verdict in verdicts if verdict.stage == number] for number in numbers}


def submission_lines(result: SubmissionResult, width: int = 80) -> Iterator[Line]:
    """One submission, stage by stage; notes speak of all of it, so they stand in the last one."""
    stages = by_stage(result.checks)
    for number, verdicts in stages.items():
        yield Line("head", f" stage {number} ".center(width, "─"))
        yield from stage_lines(number, verdicts, width, notes=result.notes if number == max(stages) else ())
    if len(stages) > 1:
        yield bar(result.checks, "Total  ")
    if result.late:
        points = f"{points_text(result.score)} of {points_text(result.max_score)} points"
        yield Line("note", f" Handed in {result.late.text}, {points}")


def painted(line: Line) -> str:
    """A line with the colours of a terminal."""
    codes = ";".join(str(_ANSI[style]) for style in STYLES.get(line.kind, {}))
    return f"\x1b[{codes}m{line.text}\x1b[0m" if codes and line.text else line.text


def with_pictures(lines: Iterable[Line], width: int, *, shown: bool, colour: bool) -> Iterator[Line]:
    """The lines, with those that are pictures drawn as grids of characters, or left out."""
    for line in lines:
        if line.picture is None:
            yield line
        elif shown:
            from grader.results.character_grid import character_grid

            grid = character_grid(line.picture, width - MARGIN, colour=colour)
            yield from (Line("grid", f"{' ' * MARGIN}{text}") for text in grid)


def write_lines(lines: Iterable[Line], width: int = 80, *, pictures: bool = False) -> None:
    """Print lines: in colour where there is a terminal that has some, plain in a file, a pipe and in CI."""
    colour = sys.stdout.isatty() and not ({"NO_COLOR", "CI"} & set(os.environ)) and os.environ.get("TERM") != "dumb"
    for line in with_pictures(lines, width, shown=pictures, colour=colour):
        print(painted(line) if colour else line.text)
