"""Notebooks with a cell that ends the process: the cell is left out, as any other cell that fails.

A cell that raises does not sink the others, and one that exits or crashes must not either. Which one it was is
found by loading ever shorter beginnings of the notebook.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox
from grader.student.faults import StudentFault, TimedOut
from grader.student.loader import CELLS, Source

Sources = Mapping[int, Mapping[str, Source]]
MOST = 5
LOAD_SECONDS = 2.0
LEFT_OUT = b"raise SystemExit('this cell ended the process, so it was left out')"


def without_fatal_cells(sources: Sources, sandbox: Sandbox, limits: Limits, end: float) -> Sources:
    """The sources with each cell that ends the process replaced by one that says so; the same sources if none does."""
    for number, files in sources.items():
        for source in {id(source): source for source in files.values() if source.forgiving}.values():
            mended = _mended(source, sandbox, limits, end)
            if mended is not source:
                others = {stem: mended if other is source else other for stem, other in files.items()}
                sources = {**sources, number: others}
    return sources


def _mended(source: Source, sandbox: Sandbox, limits: Limits, end: float) -> Source:
    def ends(count: int) -> bool:
        part = replace(source, chunks=source.chunks[:count])
        return _ends_the_process(part, sandbox, limits, end)

    for _ in range(MOST):
        count = len(source.chunks)
        if not ends(count):
            return source
        fatal = bisect_left(range(1, count), True, key=ends)
        source = replace(source, chunks=(*source.chunks[:fatal], LEFT_OUT, *source.chunks[fatal + 1 :]))
    return source


def _ends_the_process(source: Source, sandbox: Sandbox, limits: Limits, end: float) -> bool:
    now = time.monotonic()
    if now >= end:
        return False
    with sandbox.open_session({0: {"cells": source}}, limits) as session:
        try:
            session.functions(0).call("cells", CELLS, (), min(end, now + LOAD_SECONDS))
        except TimedOut:
            return False
        except StudentFault:
            return True
    return False
