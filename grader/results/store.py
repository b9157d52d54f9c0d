"""The store: results as they come, in one SQLite file that survives being killed at any moment.

A result is kept under a submission's name together with the key of everything it depends on, so that a
second run grades only what has changed.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from grader.results.records import FILE_NAME, SubmissionResult, read_results
from grader.results.verdict import Verdict, from_property, from_row, to_property

Read = TypeVar("Read")
FILE = "results.sqlite"
# What `detail` holds; raised when a reader of the one before could not make sense of it. 2: pictures.
DETAIL_VERSION = 2


class StoreError(RuntimeError):
    """The store cannot be opened or written; the message says what to do."""


class Store:
    """The results of one output directory. Only one run at a time can have it open."""

    def __init__(self, out: Path) -> None:
        self.path = out / FILE
        try:
            out.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.path, timeout=0, isolation_level=None)
            # The lock is held until this process ends, however it ends.
            self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS results (name BLOB PRIMARY KEY, key TEXT, result TEXT, detail TEXT)"
            )
            self._base.execute("CREATE TABLE IF NOT EXISTS stamps (name BLOB PRIMARY KEY, stamp TEXT)")
        except sqlite3.DatabaseError as error:
            raise StoreError(self._opening_problem(error)) from error
        except OSError as error:
            reason = "it is a file" if out.is_file() else error.strerror
            raise StoreError(f"{out} cannot be used for results: {reason}") from error

    def _opening_problem(self, error: sqlite3.Error) -> str:
        if "locked" in str(error):
            return f"{self.path.parent} is in use by another run; wait for it, or give another --out"
        return f"{self.path} cannot be used: {error}; move it away or give another --out"

    def key(self, name: str) -> str | None:
        """The key that a submission's result was stored under; None where there is no result."""
        rows = self._read("SELECT key FROM results WHERE name = ?", os.fsencode(name))
        return rows[0][0] if rows else None

    def put(self, name: str, key: str, result: str, detail: str) -> None:
        """Keep a result. Raises StoreError where the disk is full or gone; what was stored stays."""
        row = (os.fsencode(name), key, result, detail)
        try:
            self._base.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.path} cannot be written: {error}; make room and run the same command again"
            ) from error

    def stamps(self) -> dict[str, str]:
        """What each submission looked like when its result was kept, as far as that was noted."""
        return {os.fsdecode(name): stamp for name, stamp in self._read("SELECT name, stamp FROM stamps")}

    def note_stamps(self, stamps: Mapping[str, str]) -> None:
        """Note what submissions looked like, all at once. Raises StoreError."""
        rows = [(os.fsencode(name), stamp) for name, stamp in stamps.items()]
        try:
            self._base.execute("BEGIN")
            with self._base:
                self._base.executemany("INSERT OR REPLACE INTO stamps VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise StoreError(f"{self.path} cannot be written: {error}; make room and try again") from error

    def results(self, names: Iterator[str]) -> Iterator[tuple[str, str]]:
        """Result and detail of each of these submissions, in the order given; those without a result are left out."""
        for name in names:
            yield from self._read("SELECT result, detail FROM results WHERE name = ?", os.fsencode(name))

    def lines(self, names: Iterable[str]) -> Iterator[str]:
        """The result of each of these submissions, as `results` gives it."""
        for name in names:
            for (result,) in self._read("SELECT result FROM results WHERE name = ?", os.fsencode(name)):
                yield result

    def stages(self) -> tuple[int, ...]:
        """The stages that the results speak of."""
        query = "SELECT DISTINCT json_extract(value, '$.stage') FROM results, json_each(result, '$.checks')"
        return tuple(sorted(row[0] for row in self._read(query)))

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Every submission by name, with its result and detail."""
        for name, result, detail in self._read("SELECT name, result, detail FROM results ORDER BY name"):
            yield os.fsdecode(name), result, detail

    def _read(self, query: str, *values: bytes) -> list[Any]:
        """All rows. Raises StoreError where the file is damaged, or was written by another version."""
        try:
            return self._base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(self._opening_problem(error)) from error

    def close(self) -> None:
        """Write everything back and let go of the lock."""
        self._base.close()


def detail_text(verdicts: Iterable[Verdict]) -> str:
    """Verdicts in full, as the store keeps them."""
    return rows_text([to_property(verdict, "") for verdict in verdicts])


def rows_text(rows: list[dict[str, Any]]) -> str:
    """Rows of verdicts, as the store keeps them."""
    return json.dumps({"version": DETAIL_VERSION, "checks": rows})


def detailed(text: str, where: Path) -> list[Verdict]:
    """The verdicts that `detail_text` kept. Raises StoreError for those of another version."""
    return _read_rows(text, where, from_property)


def light_rows(text: str, where: Path) -> list[tuple[Verdict, dict[str, Any]]]:
    """Each kept verdict with what points depend on, and its row: enough to weigh it, and much faster than all of it."""
    return _read_rows(text, where, lambda row: (from_row(row), row))


def _read_rows(text: str, where: Path, read: Callable[[dict[str, Any]], Read]) -> list[Read]:
    """What is made of every row. A list without a version is what was kept before versions were."""
    data = json.loads(text)
    version = data.get("version") if isinstance(data, dict) else 0
    try:
        if version not in range(DETAIL_VERSION + 1):
            raise ValueError(version)
        return [read(row) for row in (data["checks"] if version else data)]
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"{where} was written by another version of misstep; `misstep grade BATCH --out {where.parent}` renews it"
        ) from error


def read_details(out: Path) -> Iterator[tuple[str, list[Verdict]]]:
    """Every submission of a finished run by name, with its verdicts in full. Raises StoreError."""
    for name, _, detail in _stored(out):
        yield name, detailed(detail, out / FILE)


def read_class(out: Path) -> list[SubmissionResult]:
    """The class as `results.jsonl` has it, with the verdicts in full. Raises StoreError and ResultsError.

    The store also keeps who has left the batch since: they are not of the class.
    """
    rows = _stored(out)
    known = {result.submission for result in read_results(out)} if (out / FILE_NAME).is_file() else None
    return [
        replace(SubmissionResult.from_json(json.loads(result)), checks=tuple(detailed(detail, out / FILE)))
        for name, result, detail in rows
        if known is None or name in known
    ]


def _stored(out: Path) -> list[tuple[str, str, str]]:
    """Name, result and detail of all that is stored, by name. Makes no store where there is none."""
    if not (out / FILE).is_file():
        raise StoreError(f"{out}: there are no results here; `misstep grade BATCH --out {out}` writes them")
    store = Store(out)
    try:
        return list(store.rows())
    finally:
        store.close()
