"""Downloads become a batch: a folder per student with the newest attempt, and a list of who is who."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from grader.frontends.collect import Piece, systems
from grader.frontends.collect.archive import CollectError, Download, is_safe
from grader.grading.handed_in import LIST
from grader.results.atomic import write_whole
from grader.results.escape import one_line
from grader.results.formats.files import folder_name
from grader.results.formats.table import csv_text

_WHO = ("name", "username", "email", "id", "canvas_id")
_SHOWN = 3


@dataclass
class Handed:
    """What one student has handed in, in all downloads: pieces and the download of each."""

    pieces: list[tuple[Piece, Download]] = field(default_factory=list)

    @property
    def attempts(self) -> list[str]:
        """The times of all attempts, oldest first."""
        return sorted({piece.attempt for piece, _ in self.pieces})

    @property
    def newest(self) -> list[tuple[Piece, Download]]:
        """The pieces of the newest attempt; of files with one name, the one that the system numbered last."""
        last = [(piece, download) for piece, download in self.pieces if piece.attempt == self.attempts[-1]]
        return list(
            {piece.file: (piece, download) for piece, download in sorted(last, key=lambda p: p[0].order)}.values()
        )


@dataclass
class Collected:
    """What came of it."""

    handed: Mapping[str, Handed]
    problems: list[str]

    @property
    def late(self) -> int:
        return sum(any(piece.late for piece, _ in handed.newest) for handed in self.handed.values())

    @property
    def repeated(self) -> int:
        return sum(len(handed.attempts) > 1 for handed in self.handed.values())


def collect(sources: Sequence[Path], system: str, out: Path) -> Collected:
    """Write the batch. Raises CollectError where nothing can be collected; all else is in `problems`."""
    problems: list[str] = []
    handed: dict[str, Handed] = {}
    for source in sources:
        try:
            download = Download(source)
            for piece in _pieces(download, system, problems):
                handed.setdefault(piece.student, Handed()).pieces.append((piece, download))
            problems += download.problems
            download.problems = []
        except (CollectError, ValueError) as error:
            problems.append(str(error) if isinstance(error, CollectError) else f"{source}: {error}")
    if not handed:
        raise CollectError("\n  ".join(problems))
    named = _named(handed)
    _write(named, out, problems)
    return Collected(named, problems)


def _pieces(download: Download, system: str, problems: list[str]) -> list[Piece]:
    names = download.names
    found = list(systems()[system].pieces(names, download.text))
    strange = sorted(set(names) - {piece.name for piece in found})
    mine = [piece for piece in found if piece.student]
    if not mine:
        others = [name for name, module in systems().items() if _knows(module, download)]
        like = (
            f"it looks like {' or '.join(others)}: --from {others[0]}" if others else "no system here writes such names"
        )
        raise CollectError(f"{download.path} holds nothing that {system} names so; {like}")
    if strange:
        shown = ", ".join(one_line(name, 80) for name in strange[:_SHOWN])
        more = f" and {len(strange) - _SHOWN} more" if len(strange) > _SHOWN else ""
        problems.append(f"{download.path}: not named as {system} does, so left out: {shown}{more}")
    return mine


def _knows(module: ModuleType, download: Download) -> bool:
    try:
        return any(piece.student for piece in module.pieces(download.names, download.text))
    except ValueError:
        return False


def _named(handed: Mapping[str, Handed]) -> dict[str, Handed]:
    """By the folder of the batch: no two differ by case alone, for some file systems know none."""
    named: dict[str, Handed] = {}
    taken: set[str] = set()
    for student in sorted(handed):
        plain = name = folder_name(student)
        number = 2
        while name.casefold() in taken:
            name, number = f"{plain}-{number}", number + 1
        taken.add(name.casefold())
        named[name] = handed[student]
    return named


def _write(named: Mapping[str, Handed], out: Path, problems: list[str]) -> None:
    before = _listed(out)
    out.mkdir(parents=True, exist_ok=True)
    for name, handed in named.items():
        if (out / name).exists() and name not in before:
            problems.append(f"{out / name} was there before and is kept: collect into a folder of its own")
            continue
        fresh = out / f".{name[:100]}.misstep"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        for piece, download in handed.newest:
            _write_piece(fresh, piece, download, problems)
            problems += download.problems
            download.problems = []
        shutil.rmtree(out / name, ignore_errors=True)
        fresh.rename(out / name)
    write_whole(out / LIST, csv_text([_header(), *_rows(named)]).encode("utf-8-sig"))


def _write_piece(home: Path, piece: Piece, download: Download, problems: list[str]) -> None:
    if not piece.file:
        return
    content = download.read(piece.name)
    if content is None:
        return
    try:
        if not is_safe(piece.file):
            raise ValueError("its path leads out of the archive")
        target = home / piece.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except (OSError, ValueError) as error:
        problems.append(f"{download.path}: {one_line(piece.name, 200)} cannot be written ({error})")


def _header() -> list[str]:
    return ["submission", *_WHO, "late", "submitted", "attempts"]


def _rows(named: Mapping[str, Handed]) -> Iterable[list[str | float | None]]:
    for name, handed in named.items():
        newest = [piece for piece, _ in handed.newest]
        late = "late" if any(piece.late for piece in newest) else ""
        for who in newest[0].people or ((),):
            known = dict(who)
            yield [name, *(known.get(key) for key in _WHO), late, newest[0].submitted, len(handed.attempts)]


def _listed(out: Path) -> set[str]:
    """The submissions that an earlier run has written here."""
    try:
        text = (out / LIST).read_text(encoding="utf-8-sig")
    except OSError:
        return set()
    return {str(row.get("submission")) for row in csv.DictReader(io.StringIO(text))}
