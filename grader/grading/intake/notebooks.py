"""The code cells of a notebook. Its outputs are not read, however large they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from grader.grading.intake.encodings import as_utf8
from grader.grading.intake.files import kind_of
from grader.results.escape import one_line
from grader.student.source import Source

# Of the file, of what is left of it without outputs, and how many brackets and texts are looked at to leave them out.
MAX_NOTEBOOK = 200_000_000
MAX_TEXT = 10_000_000
MAX_TOKENS = 3_000_000
_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)"(\s*+:\s*+(?=\[))?|[\[\]{}]', re.DOTALL)
_OUTPUTS = frozenset({b"outputs"})


class NoNotebook(ValueError):
    """What was read is no notebook; the text says what it is instead."""


def cells_of(content: bytes) -> list[dict[str, Any]]:
    """The cells of a notebook, without their outputs. Raises NoNotebook."""
    kind = kind_of(content)
    if kind:
        raise NoNotebook(f"it is {kind}")
    try:
        data = json.loads(without_outputs(_as_utf8(content)).decode("utf-8-sig"))
        cells = data["cells"] if "cells" in data else [cell for sheet in data["worksheets"] for cell in sheet["cells"]]
        if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
            raise NoNotebook("its cells are not cells")
        return cells
    except NoNotebook:
        raise
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise NoNotebook(str(error)[:200] or type(error).__name__) from error


def _as_utf8(content: bytes) -> bytes:
    """The notebook as the UTF-8 that Jupyter writes, whatever an editor has saved it in."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return as_utf8(content, "")[0] or content
    return content


def without_outputs(content: bytes) -> bytes:
    """The notebook with an empty list for the outputs of every cell. Raises NoNotebook where too much is left."""
    if b'"outputs"' not in content:
        return _bounded(content)
    parts: list[bytes] = []
    kept = depth = 0
    inside = False
    for count, token in enumerate(_TOKEN.finditer(content)):
        if count > MAX_TOKENS:
            raise NoNotebook("it is too large")
        mark = token.group()
        if inside:
            depth += (mark in (b"[", b"{")) - (mark in (b"]", b"}"))
            if depth == 0:
                inside, kept = False, token.start()
        elif token.group(2) is not None and token.group(1) in _OUTPUTS:
            parts.append(content[kept : token.end()] + b"[")
            inside, depth = True, 0
    return _bounded(b"".join([*parts, content[kept:]]) if not inside else content)


def _bounded(content: bytes) -> bytes:
    if len(content) > MAX_TEXT:
        raise NoNotebook(f"it is larger than {MAX_TEXT / 1e6:g} MB without its outputs")
    return content


def notebook_source(name: str, content: bytes, problem: str = "") -> tuple[Source, list[str]]:
    """A notebook as a source, a chunk per code cell, and notes of what was guessed.

    nbgrader's tests are left empty: cells keep their numbers.
    """
    chunks: tuple[bytes, ...] = ()
    notes: list[str] = []
    if not problem:
        try:
            cells = cells_of(content)
            notes = turned(cells)
            chunks = tuple(_chunks(cells))
        except (NoNotebook, TypeError, AttributeError) as error:
            problem = no_notebook(name, error, content)
    return Source(name, chunks, forgiving=True, problem=problem), notes


def turned(cells: list[dict[str, Any]]) -> list[str]:
    """A note for every answer that was released as code and stands in a cell of another kind."""
    words = [cell.get("metadata", {}).get("nbgrader", {}) for cell in cells if _was_code(cell)]
    kinds = [cell["cell_type"] for cell in cells if _was_code(cell)]
    names = [one_line(str(word.get("grade_id")), 60) for word in words]
    return [
        f"the cell {name} was turned into {kind} and is read as code" for name, kind in zip(names, kinds, strict=True)
    ]


def _was_code(cell: Mapping[str, Any]) -> bool:
    """Whether nbgrader knows a cell of text as the code of an answer."""
    metadata = cell.get("metadata")
    words = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if not isinstance(words, dict) or cell.get("cell_type") not in ("markdown", "raw"):
        return False
    return words.get("cell_type") == "code" and bool(words.get("solution"))


def no_notebook(name: str, error: Exception, content: bytes = b"") -> str:
    """What is said of a file that should be a notebook, and what to do."""
    said = f"{name} is not a notebook that can be read: "
    if not content.strip():
        return f"{said}it is empty; save it again, and hand in that file"
    if content.lstrip().startswith(b"<<<<<<<"):
        return f"{said}it holds the marks of a conflict of git; resolve it, and hand in the file that Jupyter saves"
    if re.search(rb"^(?:def|import|from) ", content, re.MULTILINE):
        return f"{said}it is Python code; give it a name that ends in .py"
    return f"{said}{str(error)[:200]}; hand in the file that Jupyter saves"


def _chunks(cells: list[dict[str, Any]]) -> Iterator[bytes]:
    for cell in cells:
        if cell.get("cell_type") == "code" or _was_code(cell):
            yield b"" if is_grading_cell(cell) else cell_text(cell).encode("utf-8", "replace")


def cell_text(cell: Mapping[str, Any]) -> str:
    """What stands in a cell; notebooks of the third format have it under another name."""
    source = cell.get("source", cell.get("input", ""))
    return source if isinstance(source, str) else "".join(source)


def is_grading_cell(cell: Mapping[str, Any]) -> bool:
    """Whether nbgrader knows this cell as tests: those are ours and no part of the student's code."""
    metadata = cell.get("metadata", {}).get("nbgrader", {})
    return bool(metadata.get("grade")) and not metadata.get("solution")
