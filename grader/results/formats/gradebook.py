"""gradebook.csv: a row per submission, the total, and a column with the points of every check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from grader.results.formats.table import csv_text

Key = tuple[int, str, str]
Row = Mapping[str, Any]


class Gradebook:
    """The file, gathered from objects as results.jsonl has them: of each, only its points are kept."""

    def __init__(self) -> None:
        # By what was asked, as many points: few kinds of these tuples serve a whole class.
        self._rows: list[tuple[str, float, float, tuple[Key, ...], tuple[float, ...]]] = []
        self._asked: dict[tuple[Key, ...], tuple[Key, ...]] = {}

    def add(self, result: Row) -> None:
        """One submission."""
        checks = result["checks"]
        keys = tuple([(check["stage"], check["exercise"], check["id"] or "general") for check in checks])
        keys = self._asked.setdefault(keys, keys)
        points = tuple([check["points"] for check in checks])
        self._rows.append((result["submission"], result["score"], result["max_score"], keys, points))

    def pieces(self) -> Iterator[str]:
        """The file in pieces: what was asked of anybody is a column."""
        keys = dict.fromkeys(key for asked in self._asked for key in asked)
        columns = sorted(keys, key=lambda key: key[0])
        header = [f"stage{stage} {exercise} {label}" for stage, exercise, label in columns]
        yield csv_text([["submission", "score", "max_score", *header]])
        for name, score, most, asked, points in self._rows:
            given = dict(zip(asked, points, strict=True))
            yield csv_text([[name, score, most, *map(given.get, columns)]])
