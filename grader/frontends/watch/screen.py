"""What watch shows, as lines: the exercise, the first thing to mend or the task, its board, and how far all are."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from grader.course.catalogue import Exercise
from grader.course.hints import hints
from grader.frontends.watch.folders import shown_path
from grader.frontends.watch.judge import Answer
from grader.frontends.watch.state import State
from grader.frontends.watch.stubs import docstring_of
from grader.results.board import MARKS, NAME_WIDTH, bar, points_text
from grader.results.escape import one_line
from grader.results.feedback import Line, blocks
from grader.results.verdict import Verdict

BLANK = Line("", "")
MAX_PRINTED_LINES = 5


def exercise_lines(answer: Answer, path: Path, width: int) -> list[Line]:
    """One exercise: its first block, or its task where it is not begun, what it printed, and its marks."""
    exercise = answer.exercise
    lines = [Line("head", f" {exercise.name}"), Line("link", f" {shown_path(path)}"), BLANK]
    if answer.problem:
        return [*lines, *(Line("text", text) for text in _filled(answer.problem, width))]
    todo = any(verdict.status == "todo" for verdict in answer.verdicts)
    # The last column stays free: some consoles begin a new line behind it.
    found = blocks(answer.verdicts, width - 1)
    if found:
        lines += [*found[0], BLANK]
    if todo:
        lines += [*task_lines(docstring_of(exercise, path), width), BLANK]
    printed = [text for text in answer.printed.splitlines() if text.strip()][:MAX_PRINTED_LINES]
    if printed and not answer.passed:
        lines += [Line("note", " it printed:"), *(Line("note", f"   {one_line(t, width - 4)}") for t in printed), BLANK]
    return [*lines, *marks_lines(answer.verdicts, width)]


def task_lines(docstring: str, width: int) -> list[Line]:
    """A docstring with its prose filled to the width; what is indented or to be typed keeps its lines."""
    texts: list[str] = []
    for paragraph in docstring.split("\n\n"):
        given = paragraph.splitlines()
        prose = not any(line.startswith((" ", ">>>")) for line in given)
        texts += [*(textwrap.wrap(" ".join(given), width - 4, break_on_hyphens=False) if prose else given), ""]
    return [Line("text", f"   {text}".rstrip()) for text in texts[:-1]]


def marks_lines(verdicts: Sequence[Verdict], width: int) -> list[Line]:
    """The checks of one exercise with their marks, in as many lines as the width asks for."""
    kind = "done" if all(verdict.passed for verdict in verdicts) else "text"
    # No break may part an id from its mark.
    text = "  ".join(f"{verdict.label}\N{NO-BREAK SPACE}{MARKS[verdict.status]}" for verdict in verdicts)
    return [Line(kind, line.replace("\N{NO-BREAK SPACE}", " ")) for line in _filled(text, width)]


def list_line(exercise: Exercise, verdicts: Sequence[Verdict]) -> str:
    """One exercise in a list: what to do in it, and its points."""
    if not verdicts:
        return f"   {exercise.name:<{NAME_WIDTH}}not judged yet"
    failed = [verdict for verdict in verdicts if not verdict.passed]
    todo = any(verdict.status == "todo" for verdict in failed)
    shown = failed[0].status if failed else "passed"
    word = "to do" if todo else "done" if not failed else f"{failed[0].label} {shown}"
    mark = MARKS["todo" if todo else shown]
    points = f"{points_text(sum(v.points for v in verdicts))}/{points_text(sum(v.max_points for v in verdicts))}"
    return f" {mark} {exercise.name:<{NAME_WIDTH}}{word:<18}{points:>6}"


def _filled(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width - 1, initial_indent=" ", subsequent_indent=" ", break_on_hyphens=False)


def screen(state: State, width: int) -> list[Line]:
    """The exercise at hand, or that there is none."""
    said = [Line("done", f" {state.said}"), BLANK] if state.said else []
    if state.current is None:
        done = not state.waiting and state.running is None
        return [*said, Line("done", " Everything is done!") if done else Line("note", " looking at your exercises …")]
    answer = state.answers.get(state.current)
    if answer is None:
        return [*said, Line("head", f" {state.current.name}"), Line("note", " running …")]
    return [*said, *exercise_lines(answer, state.path(state.current), width)]


def with_board(lines: list[Line], state: State, room: int) -> list[Line]:
    """The exercise at hand with the board of its stage below it, where a screen of `room` lines holds both."""
    if state.current is None:
        return lines
    board = [BLANK, *list_lines(state, state.current.stage)]
    return [*lines, *board] if len(lines) + len(board) <= room else lines


def list_lines(state: State, number: int) -> list[Line]:
    """The exercises of one stage in a list; the one at hand stands out."""
    lines = [Line("note", f" stage {number}")]
    for exercise in (exercise for exercise in state.exercises if exercise.stage == number):
        answer = state.answers.get(exercise)
        kind = "head" if exercise is state.current else "text"
        lines.append(Line(kind, list_line(exercise, answer.verdicts if answer else ())))
    return lines


def stages_line(state: State, width: int) -> Line:
    """A bar of the exercises done for each of the student's stages."""
    found = [(f"stage {number}", *state.progress(number)) for number in state.stages]
    counts = [f"{done}/{of}" for _, done, of in found]
    taken = sum(len(name) + len(count) + 4 for (name, *_), count in zip(found, counts, strict=True))
    cells = max(3, min(10, (width - taken) // len(found)))
    parts = [
        f"{name} {'█' * (cells * done // of)}{'░' * (cells - cells * done // of)} {count}"
        for (name, done, of), count in zip(found, counts, strict=True)
    ]
    return Line("done" if all(done == of for _, done, of in found) else "bar", f" {'  '.join(parts)}")


def footer(state: State, width: int) -> list[Line]:
    """How far all of the exercises are, and what runs."""
    known = f"{sum(a.passed for a in state.answers.values())} of {len(state.exercises)} exercises done"
    runs = f" · running {state.running.name} …" if state.running else ""
    return [BLANK, stages_line(state, width), bar(state.verdicts), Line("note", f" {known}{runs}")]


def hint_lines(mistake: str | None, steps: Sequence[str]) -> list[Line]:
    """The hints that were read so far."""
    if mistake is None:
        return [Line("text", " No documented mistake was seen in this exercise, so there is no hint.")]
    lines = [Line("head", f" {mistake} · hint {len(steps)} of {len(hints(mistake))}"), BLANK]
    return lines + [Line("text", f"   {number}. {step}") for number, step in enumerate(steps, start=1)]


def fitted(lines: Sequence[Line], width: int) -> list[Line]:
    """Lines that are longer than the terminal is wide go on in the next, under their own beginning."""
    result = []
    for line in lines:
        indent = " " * min(len(line.text) - len(line.text.lstrip()), width // 2)
        if line.kind == "rendered" or len(line.text) < width:
            result.append(line)
        else:
            parts = textwrap.wrap(line.text, width - 1, subsequent_indent=indent, drop_whitespace=True)
            result += [Line(line.kind, part) for part in parts]
    return result
