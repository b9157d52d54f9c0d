"""Blocks of feedback for what wraps by itself, a letter or a page: paragraphs, without the columns of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.results.feedback import MARGIN, Line, blocks
from grader.results.picture import Picture
from grader.results.verdict import Verdict

# So wide that nothing is wrapped.
_WIDTH = 10_000


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a block and what it is; see `feedback.Line`.

    A head has a `label` (a mistake's number or a mark) and `where` its function stands. A link's label is its mistake.
    """

    kind: str
    text: str
    label: str = ""
    where: str = ""
    picture: Picture | None = None

    @property
    def heading(self) -> str:
        """A head in one line."""
        return " · ".join(part for part in (self.label, self.text, self.where) if part)


def paragraphs(verdicts: Sequence[Verdict]) -> list[list[Paragraph]]:
    """The blocks of a stage, each as its paragraphs. Lines of code that follow one another are one paragraph."""
    return [list(_joined(map(_paragraph, part))) for part in blocks(verdicts, _WIDTH)]


def _paragraph(line: Line) -> Paragraph:
    if line.picture is not None:
        return Paragraph(line.kind, line.text, picture=line.picture)
    if line.kind in ("head", "todo"):
        left, _, where = line.text.strip().rpartition("  ")
        return Paragraph(line.kind, left[MARGIN - 1 :].strip(), line.text[:MARGIN].strip(), where)
    if line.kind == "code":
        return Paragraph(line.kind, line.text.removeprefix(" " * MARGIN))
    text = re.sub(" {2,}", " ", line.text.strip()).removeprefix("? ")
    return Paragraph(line.kind, text, text.rpartition(" ")[2] if line.kind == "link" else "")


def _joined(found: Iterator[Paragraph]) -> Iterator[Paragraph]:
    code: list[str] = []
    for one in found:
        if one.kind == "code":
            code.append(one.text)
            continue
        if code:
            yield Paragraph("code", "\n".join(code))
            code = []
        yield one
    if code:
        yield Paragraph("code", "\n".join(code))
