"""What came of each cell of a notebook: the text that it printed, and the fault that ended it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from grader.student.faults import StudentFault
from grader.student.source import Source
from grader.student.standins import StandIn

MAX_CHARACTERS = 10_000


class Cell:
    """The code cell `number` of a notebook, counted from 1 among the code cells, and what came of it."""

    def __init__(self, number: int, chunk: bytes) -> None:
        self.number, self.chunk = number, chunk
        self.printed = BoundedText()
        self.fault: StudentFault | None = None

    def speaks_of(self, name: str) -> bool:
        """Whether the name stands in the cell."""
        return bool(name) and re.search(rf"\b{re.escape(name)}\b", self.text) is not None

    @property
    def text(self) -> str:
        """What the cell says."""
        return self.chunk.decode("utf-8", "replace")

    def __str__(self) -> str:
        first = next((line.strip() for line in self.text.splitlines() if line.strip()), "")
        return f"code cell {self.number}, `{first[:60]}`, failed: {self.fault}"

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


def is_notebook(source: Source) -> bool:
    """Whether the code was written in a notebook: it is one, or what Jupyter and Colab make of one."""
    return source.forgiving or any(b"get_ipython" in chunk for chunk in source.chunks)


def notebook_names() -> dict[str, Any]:
    """The names that Jupyter gives to every cell."""
    return {"display": lambda *values, **_: print(*values), "get_ipython": StandIn("IPython")}
