"""Brightspace (D2L): the zip of an assignment's "Download", a folder per attempt.

Source: public readers of the format, for no description of it was found: folders are called
`397063-2557369 - Jane Smith - Sep 24, 2024 926 PM` (two numbers that need not be the student's, the name, the time
without its colon), and an `index.html` lists them. Every attempt is there; none is marked as late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from grader.frontends.collect import Piece, person

_IDS, _TIME = r"(?:.*/)?(?P<ids>\d+-\d+) ?- ", r"(?P<time>(?:(?! - )[^/])*\d{4}(?:(?! - )[^/])*)"
_FOLDER = re.compile(rf"{_IDS}(?P<name>[^/]+) - {_TIME}/(?P<path>.+)", re.DOTALL)
_FLAT = re.compile(rf"{_IDS}(?P<name>[^/]+?) - {_TIME} - (?P<path>[^/]+)", re.DOTALL)
_CLOCK = re.compile(r"\b(\d{1,2})[:.]?(\d\d)(?::\d\d)?( [AP]M)?$", re.IGNORECASE)
_DATES = ("%b %d, %Y", "%B %d, %Y", "%d %b, %Y", "%d %B, %Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d")


def pieces(names: Sequence[str], read: Callable[[str], str]) -> Iterator[Piece]:
    """A piece for each file. A time in another language keeps the attempts apart: none of them is guessed."""
    for path in names:
        found = _FOLDER.fullmatch(path) or _FLAT.fullmatch(path)
        if found:
            name, time = found["name"], _time(found["time"])
            student = name if time else f"{name} - {found['time']}"
            yield Piece(path, student, found["path"], (person(name=name),), time, found["time"])
        elif path.rpartition("/")[2] == "index.html":
            yield Piece(path)


def _time(text: str) -> str:
    """The time as text that sorts; "" where it cannot be read."""
    clock = _CLOCK.search(text)
    if clock is None:
        return ""
    hour, minute, half = int(clock[1]), int(clock[2]), (clock[3] or "").strip().upper()
    day = text[: clock.start()].strip(" ,")
    for form in _DATES:
        try:
            date = datetime.strptime(day, form)
            return date.replace(hour=hour % 12 + 12 * (half == "PM") if half else hour, minute=minute).isoformat()
        except ValueError:
            continue
    return ""
