"""CSV text: text cells are made harmless, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from grader.results.board import points_text
from grader.results.escape import cell

Cell = str | float | None


def csv_text(rows: Iterable[Iterable[Cell]], *, lines: bool = False) -> str:
    """RFC 4180 with "\\r\\n"; None is an empty cell. `lines` lets line breaks inside cells stand."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_written(value, lines) for value in row])
    return out.getvalue()


def _written(value: Cell, lines: bool) -> str:
    if value is None:
        return ""
    return cell(value, lines=lines) if isinstance(value, str) else points_text(value)
