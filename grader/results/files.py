"""The two files about a class that every run writes anew: results.jsonl and gradebook.csv."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.results.atomic import write_whole
from grader.results.formats.gradebook import Gradebook
from grader.results.records import FILE_NAME
from grader.results.store import Store

GRADEBOOK = "gradebook.csv"


def write_files(out: Path, store: Store, names: Sequence[str]) -> None:
    """Write results.jsonl and gradebook.csv anew, each whole or not at all."""
    book = Gradebook()

    def lines() -> Iterator[str]:
        for result in store.lines(names):
            # A row of our own, written by this version or read before: not looked at key by key once more.
            book.add(json.loads(result))
            yield f"{result}\n"

    write_whole(out / FILE_NAME, lines())
    write_whole(out / GRADEBOOK, book.pieces())
