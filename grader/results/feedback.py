"""Feedback: verdicts as blocks of text that each stand alone, for a terminal of any width."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from grader.results.escape import one_line
from grader.results.picture import Picture
from grader.results.verdict import UNUSABLE_TITLE, Verdict

MARGIN = 6
MAX_FRAMES_SHOWN = 3


@dataclass(frozen=True)
class Line:
    """A line of feedback and what it is, so that a front can colour it: head, text, code, ask, link, note or picture.

    A line that is a picture holds it; its text says the same in words, for who shows no pictures.
    """

    kind: str
    text: str
    picture: Picture | None = None


def blocks(verdicts: Sequence[Verdict], width: int = 80) -> list[list[Line]]:
    """The blocks of one stage in the order of its exercises.

    A block stands for one cause: checks that met the same exception share one. Blocked checks become a
    count at the end of the block they wait for, or a single line where they wait for nothing; exercises
    that are not begun become a single line each.
    """
    result = []
    for exercise in dict.fromkeys(verdict.exercise for verdict in verdicts):
        result += _exercise_blocks([v for v in verdicts if v.exercise == exercise], width)
    return result


def block(verdict: Verdict, width: int = 80, same: Sequence[Verdict] = (), waiting: int = 0) -> list[Line]:
    """One verdict's block; `same` are the other checks with the same cause, `waiting` those blocked by it."""
    lines = [_head(verdict, width)]
    lines += [Line("text", text) for text in _wrapped(verdict.message, width)]
    lines += frame_lines(verdict, width)
    lines += [Line("picture", verdict.picture.words(), verdict.picture)] if verdict.picture else []
    if verdict.status in ("mistake", "wrong"):
        lines += [Line("ask", text) for text in _wrapped(verdict.question, width, mark="? ")]
    lines += _link_lines(verdict, width)
    lines += [Line("note", text) for text in _wrapped(_waiting_text(same, waiting), width)]
    return lines


def _exercise_blocks(verdicts: Sequence[Verdict], width: int) -> list[list[Line]]:
    todo = [verdict for verdict in verdicts if verdict.status == "todo"]
    if todo and all(verdict.status in ("todo", "blocked") for verdict in verdicts):
        return [[_todo_line(todo[0], len(verdicts), width)]]
    result: list[list[Line]] = []
    shown: list[Verdict] = []
    for verdict in verdicts:
        if verdict.status in ("passed", "blocked") or any(_one_cause(other, verdict) for other in shown):
            continue
        shown.append(verdict)
        same = [other for other in verdicts if other is not verdict and _one_cause(verdict, other)]
        waiting = sum(v.status == "blocked" and v.waits_for == verdict.label for v in verdicts)
        result.append(block(verdict, width, same, waiting))
    alone = [v for v in verdicts if v.status == "blocked" and not any(v.waits_for == s.label for s in shown)]
    return result + [[Line("note", text)] for v in alone for text in _wrapped(_alone_text(v), width, "· ")]


def _one_cause(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts are one exception, one time-out, or one stub; or an exception and a wrong result by it."""
    if (one.status, other.status) == ("error", "wrong") and one.where and other.where:
        return bool(other.line) and (one.where.file, one.where.line) == (other.where.file, other.line)
    if one.status != other.status or one.status not in ("error", "timeout", "todo"):
        return False
    return one.where == other.where and _kind(one) == _kind(other)


def _kind(verdict: Verdict) -> str:
    """An exception's type, or what stands in its place: the text and the call differ from check to check."""
    return re.split(":| — ", verdict.message, maxsplit=1)[0]


def title(verdict: Verdict) -> str:
    """What a block is headed with: the mistake's title, or what else came of the check."""
    titles = {
        "error": verdict.title if verdict.title == UNUSABLE_TITLE else "Your code raised an exception",
        "timeout": "Your code did not answer in time",
        "todo": "Not filled in yet",
        "blocked": f"{verdict.id or 'The result'} cannot be judged yet",
    }
    return titles.get(verdict.status, verdict.title)


def _head(verdict: Verdict, width: int) -> Line:
    label = verdict.id if verdict.status == "mistake" and verdict.id else _MARKS.get(verdict.status, "")
    return Line("head", _spread(f" {label:<{MARGIN - 1}}{title(verdict)}", verdict, width))


def _spread(left: str, verdict: Verdict, width: int) -> str:
    """A line that says something on the left and where the function stands on the right."""
    right = location(verdict)
    room = max(1, width - len(left) - len(right))
    return f"{left}{' ' * room}{right}"


_MARKS = {"wrong": "≠", "error": "!", "timeout": "∞", "todo": "○", "blocked": "·"}


def location(verdict: Verdict) -> str:
    """The line of the student's file, as `scaled_attention.py:14`."""
    if verdict.where is None:
        return verdict.exercise
    return f"{PurePath(verdict.where.file).name}:{verdict.where.line}"


def frame_lines(verdict: Verdict, width: int) -> list[Line]:
    """The student's own lines that led to an exception: where, and what stands there."""
    lines = []
    for frame in verdict.frames[-MAX_FRAMES_SHOWN:]:
        name = f"{PurePath(frame.file).name}:{frame.line}" + (f" in {frame.function}" if frame.function else "")
        lines.append(Line("code", f"{' ' * MARGIN}{one_line(name, 60)}"))
        if frame.source:
            shown = one_line(frame.source, max(20, width - MARGIN - 6))
            lines.append(Line("code", f"{' ' * MARGIN}    {shown}"))
            if 0 < frame.column <= len(shown) + 1 and shown[: frame.column] == frame.source[: frame.column]:
                lines.append(Line("code", f"{' ' * (MARGIN + 3 + frame.column)}^"))
    return lines


def _link_lines(verdict: Verdict, width: int) -> list[Line]:
    if verdict.status != "mistake" or not verdict.link:
        return []
    left, right = f"{' ' * (MARGIN - 2)}→ {verdict.link}", f"misstep explain {verdict.id}"
    room = width - len(left) - len(right)
    if room >= 2:
        return [Line("link", f"{left}{' ' * room}{right}")]
    return [Line("link", left), Line("link", f"{' ' * MARGIN}{right}")]


def _waiting_text(same: Sequence[Verdict], waiting: int) -> str:
    parts = []
    if same:
        parts.append(f"Also met by {_listed(same)} of {same[0].exercise}.")
    if waiting:
        parts.append(f"{waiting} check{_s(waiting)} wait{'s' if waiting == 1 else ''} for this one.")
    return " ".join(parts)


def _todo_line(verdict: Verdict, count: int, width: int) -> Line:
    text = f" {_MARKS['todo']:<{MARGIN - 1}}{verdict.exercise} is not filled in yet ({count} check{_s(count)})"
    return Line("todo", _spread(text, verdict, width))


def _alone_text(verdict: Verdict) -> str:
    return f"{verdict.exercise} {verdict.label} cannot be judged: {verdict.message}"


def _wrapped(text: str, width: int, mark: str = "") -> Iterable[str]:
    first = " " * (MARGIN - len(mark)) + mark
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=" " * MARGIN, break_on_hyphens=False)


def _listed(verdicts: Sequence[Verdict]) -> str:
    """The checks by name: "check 5.1", "checks 5.1, 5.2 and the general check"."""
    ids = [verdict.id for verdict in verdicts if verdict.id]
    named = [f"check{_s(len(ids))} {', '.join(ids)}"] if ids else []
    general = ["the general check"] if len(ids) < len(verdicts) else []
    return " and ".join(named + general)


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def noted(note: str, width: int = 80) -> list[Line]:
    """What was guessed about a submission, marked as a note."""
    return [Line("note", text) for text in _wrapped(f"Note: {one_line(note)}", width)]


def as_text(parts: Iterable[Sequence[Line]]) -> str:
    """Blocks as plain text without pictures, an empty line between them."""
    return "\n\n".join("\n".join(line.text for line in part if line.kind != "picture") for part in parts)
