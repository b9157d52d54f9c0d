"""Feedback pages: a summary first, and without the source of the hidden tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from traitlets import Unicode

from grader.frontends.notebooks.judged import Judged, judged
from grader.frontends.notebooks.nodes import new_cell
from grader.results.board import KEY, MARKS, points_text
from grader.results.escape import html, markdown

_TEST_CELL = "Test cell"
_TO_FIX = ("mistake", "wrong", "error", "timeout")


class SummaryFirst(NbGraderPreprocessor):
    """Puts a board of all checks before a student's notebook, each with a link to its cell, and what to fix first.

    It reads the scores that GetGrades has put into the cells, so it stands behind that one.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Nothing is put before a notebook without checks of ours."""
        found = list(judged(nb))
        if found:
            nb.cells.insert(0, new_cell("markdown", "misstep-summary", _summary(found), {}))
        return nb, resources


def _summary(found: Sequence[Judged]) -> str:
    lines = ["## Summary", "", "| exercise | checks | points |", "| --- | --- | --- |"]
    for exercise in dict.fromkeys(one.exercise for one in found):
        lines.append(_row(exercise, [one for one in found if one.exercise == exercise]))
    failed = [one for one in found if one.status in _TO_FIX]
    told = [f"- [{markdown(one.exercise)}: {markdown(one.line)}](#{one.name})" for one in failed]
    return "\n".join([*lines, "", KEY, "", *(["To fix:", "", *told] if told else [])])


def _row(exercise: str, found: Sequence[Judged]) -> str:
    marks = [f"[{MARKS.get(one.status, '?')} {one.mistake or 'result'}](#{one.name})" for one in found]
    grades = [one.cell.metadata.nbgrader for one in found]
    earned, most = (points_text(sum(float(grade.get(key) or 0) for grade in grades)) for key in ("score", "points"))
    return f"| {markdown(exercise)} | {' '.join(marks)} | {earned} of {most} |"


class NamedChecks(HTMLExporter):
    """Names the checks in the page's contents, where nbgrader's template calls each of them "Test cell"."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **words: Any) -> tuple[str, Any]:
        """The page; cells that are no checks of ours keep their name."""
        page, resources = super().from_notebook_node(nb, resources, **words)
        for one in judged(nb):
            link = f'<a href="#{html(one.name)}">'
            # The first place is the one in the contents: they stand before all cells.
            page = page.replace(f"{link}{_TEST_CELL}</a>", f"{link}{html(_name(one))}</a>", 1)
        return page, resources


def _name(one: Judged) -> str:
    mark = MARKS.get(one.status, "?")
    return f"{mark} {one.exercise}: {f'mistake {one.mistake}' if one.mistake else 'the result'}"


class DropHiddenTests(NbGraderPreprocessor):
    """Takes the hidden region out of every cell of a feedback page; what the tests said of it stays."""

    note = Unicode("# (hidden tests)", help="What stands in the place of hidden tests").tag(config=True)

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Cut from the line that begins a hidden region to the line that ends it, or to the cell's end."""
        markers = ClearHiddenTests(parent=self)
        lines: list[str] = []
        hidden = False
        for line in cell.source.split("\n"):
            if markers.begin_test_delimeter in line and not hidden:
                hidden = True
                lines.append(self.note)
            elif markers.end_test_delimeter in line:
                hidden = False
            elif not hidden:
                lines.append(line)
        cell.source = "\n".join(lines)
        return cell, resources
