"""Reading a submitted notebook, whatever it holds: a notebook in the right form comes out, or an empty one.

Only text is taken over: the kinds and sources of cells, and the names that they bear. Everybody gets a verdict,
so a file that is no notebook becomes one that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from grader.frontends.notebooks.nodes import new_cell, new_notebook
from grader.grading.intake import MAX_NOTEBOOK, read_bytes
from grader.grading.intake.notebooks import cell_text, cells_of, no_notebook
from grader.results.escape import one_line

_KINDS = ("code", "markdown", "raw")


def read_notebook(path: Path) -> Any:
    """The notebook in `path`, rebuilt from its text."""
    content, problem = read_bytes(path, MAX_NOTEBOOK)
    if not problem:
        try:
            return new_notebook(list(_cells(cells_of(content))))
        except (ValueError, TypeError, AttributeError) as error:
            problem = no_notebook(path.name, error, content)
    cell = new_cell("markdown", "problem", f"**{one_line(problem)}**", {})
    return new_notebook([cell], misstep={"problem": one_line(problem)})


def _cells(cells: list[Any]) -> Iterator[Any]:
    for number, cell in enumerate(cells, start=1):
        kind = cell.get("cell_type")
        if kind not in _KINDS:
            continue
        text = cell_text(cell)
        made = new_cell(kind, f"cell-{number}", text.encode("utf-8", "replace").decode("utf-8"), _name(cell))
        if kind == "markdown" and (attachments := _attachments(cell)):
            made["attachments"] = attachments
        yield made


def _name(cell: Any) -> dict[str, Any]:
    words = cell.get("metadata", {}).get("nbgrader", {})
    name = words.get("grade_id") if isinstance(words, dict) else None
    return {"nbgrader": {"grade_id": name}} if isinstance(name, str) else {}


def _attachments(cell: Any) -> dict[str, dict[str, str]]:
    """The pictures of a Markdown cell, as far as they are what they should be."""
    found = cell.get("attachments")
    if not isinstance(found, dict) or not all(isinstance(parts, dict) for parts in found.values()):
        return {}
    return {
        name.encode("utf-8", "replace").decode("utf-8"): {
            kind: data
            for kind, data in parts.items()
            if kind.startswith("image/") and kind.isascii() and isinstance(data, str) and data.isascii()
        }
        for name, parts in found.items()
    }


class ForgivingExporter(NotebookExporter):
    """nbconvert's exporter from notebook to notebook, for notebooks that anybody may have written."""

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> tuple[str, Any]:
        """Convert the notebook of this file; nothing in it makes this fail.

        The second of nbgrader's two rounds reads what the first has written, which has our metadata in it.
        """
        if not getattr(self.parent, "_sanitizing", True):
            return super().from_filename(filename, resources=resources, **kwargs)  # type: ignore[no-any-return]
        given = resources or {}
        given.setdefault("metadata", {})["name"] = Path(filename).stem
        notebook = read_notebook(Path(filename))
        return self.from_notebook_node(notebook, resources=given, **kwargs)  # type: ignore[no-any-return]
