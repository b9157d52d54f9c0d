"""Feedback pages: without the source of the hidden tests."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from traitlets import Unicode


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
