"""What came of each cell of a notebook: the text that it printed, and the fault that ended it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

from grader.student.faults import StudentFault

MAX_CHARACTERS = 10_000


class Cell:
    """What came of one cell."""

    def __init__(self) -> None:
        self.printed = BoundedText()
        self.fault: StudentFault | None = None

    @contextmanager
    def printing(self, wanted: bool) -> Iterator[None]:
        """Keep what is printed meanwhile, if it is wanted."""
        if not wanted:
            yield
            return
        with redirect_stdout(self.printed), redirect_stderr(self.printed):
            yield


class BoundedText(io.StringIO):
    """Holds so much text and no more."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, MAX_CHARACTERS - self.tell())])
        return len(text)
