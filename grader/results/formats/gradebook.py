"""gradebook.csv: a row per submission, the total, and a column with the points of every check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from grader.results.formats.table import csv_text

Key = tuple[int, str, str]
Row = Mapping[str, Any]


def gradebook(results: Callable[[], Iterable[Row]]) -> Iterator[str]:
    """The file in pieces. `results`, objects as results.jsonl has them, are gone through twice: a class of any size
    needs no memory.
    """
    keys: dict[Key, None] = {}
    for result in results():
        keys.update((_key(check), None) for check in result["checks"])
    columns = sorted(keys, key=lambda key: key[0])
    header = [f"stage{stage} {exercise} {label}" for stage, exercise, label in columns]
    yield csv_text([["submission", "score", "max_score", *header]])
    for result in results():
        points = {_key(check): check["points"] for check in result["checks"]}
        row = (points.get(key) for key in columns)
        yield csv_text([[result["submission"], result["score"], result["max_score"], *row]])


def _key(check: Row) -> Key:
    return check["stage"], check["exercise"], check["id"] or "general"
