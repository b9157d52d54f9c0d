"""One file of a submission, or one notebook, as text that has not been run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from grader.student.faults import Frame

MOST_LINES, MOST_CHARACTERS = 80, 200


@dataclass(frozen=True)
class Source:
    """One file of a submission, or one notebook: `chunks` run one after another in one namespace.

    A chunk is text as UTF-8, whatever it was written in. A file is a single chunk. A notebook has a chunk per code
    cell, and a cell that fails does not sink the others (`forgiving`). `problem` says why there is nothing to run (a
    link, too large, unreadable).
    """

    file: str
    chunks: tuple[bytes, ...] = ()
    forgiving: bool = False
    problem: str = ""

    @property
    def chunk_names(self) -> list[str]:
        """What each chunk is called in tracebacks: the file's name, or `stage5.ipynb[3]` for a third cell."""
        if not self.forgiving:
            return [self.file]
        return [f"{self.file}[{number}]" for number in range(1, len(self.chunks) + 1)]


def locate(source: Source, name: str) -> Frame | None:
    """Where `source` defines `name` at its top level; the text is searched, never parsed or run."""
    pattern = re.compile(rb"^(?:(?:async +)?def|class) +%b\b|^%b *(?::.*)?=" % ((name.encode(),) * 2), re.MULTILINE)
    for file, chunk in zip(source.chunk_names, source.chunks, strict=False):
        found = list(pattern.finditer(chunk))
        if found:
            return Frame(file, chunk.count(b"\n", 0, found[-1].start()) + 1, name)
    return None


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a student's file as they stand there, the first of them being line `first`."""

    file: str
    first: int
    lines: tuple[str, ...]


def excerpt(source: Source, name: str) -> Excerpt | None:
    """The lines that define `name`, its decorators first; long ones are cut. The text is searched, never parsed or run.

    A definition ends before the next line that begins at the margin, but for closing brackets and comments.
    """
    found = locate(source, name)
    if found is None:
        return None
    chunk = source.chunks[source.chunk_names.index(found.file)]
    lines = chunk.decode("utf-8", "replace").split("\n")
    above = len(list(takewhile(lambda line: line.startswith("@"), reversed(lines[: found.line - 1]))))
    inside = list(takewhile(_goes_on, lines[found.line : found.line + MOST_LINES]))
    while inside and (not inside[-1].strip() or inside[-1].startswith("#")):
        inside.pop()
    start = found.line - 1 - above
    kept = [*lines[start : found.line], *inside][:MOST_LINES]
    return Excerpt(found.file, start + 1, tuple(line.rstrip()[:MOST_CHARACTERS] for line in kept))


def _goes_on(line: str) -> bool:
    return not line.strip() or line[0] in " \t#)]}"
