"""A download as it lies on the disk, zipped or unpacked: names that lead nowhere else, and bounded content.

Whoever hands something in chooses names and content, so both are looked at before anything is written: no path out of
the archive, no link, no encrypted part, and no more bytes than the limits, whatever the archive says of itself.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.grading.intake import read_bytes
from grader.results.escape import one_line

MAX_FILE = 100_000_000
MAX_TOTAL = 4_000_000_000
MAX_FILES = 200_000
_NOISE = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class CollectError(Exception):
    """A download cannot be used; the text names it and says what to do."""


class Download:
    """The files of one download by their paths, and what was refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        self._zip = None if path.is_dir() else _opened(path)
        self._parts: dict[str, zipfile.ZipInfo | Path] = {}
        self._total = 0
        for name, part, refusal in self._found():
            if refusal:
                self._refuse(name, refusal)
            elif len(self._parts) >= MAX_FILES:
                raise CollectError(f"{path} holds more than {MAX_FILES:,} files: give parts of it one by one")
            else:
                self._parts[name] = part

    @property
    def names(self) -> list[str]:
        """The paths inside the download, in order."""
        return sorted(self._parts)

    def read(self, name: str) -> bytes | None:
        """The content of one file; None, and a line in `problems`, where it cannot be had."""
        part = self._parts[name]
        try:
            content, problem = read_bytes(part, MAX_FILE) if isinstance(part, Path) else self._unpacked(part)
        except _BROKEN as error:
            content, problem = b"", f"is damaged ({one_line(str(error), 100)}); ask for it again"
        self._total += len(content)
        if self._total > MAX_TOTAL:
            problem = f"is left out: the download unpacks to more than {MAX_TOTAL / 1e9:g} GB"
        if problem:
            self._refuse(name, problem)
        return None if problem else content

    def text(self, name: str) -> str:
        """The content as text; "" where it cannot be had."""
        return (self.read(name) or b"").decode("utf-8-sig", "replace")

    def _refuse(self, name: str, why: str) -> None:
        self.problems.append(f"{self.path}: {one_line(name, 200)} {why}")

    def _unpacked(self, part: zipfile.ZipInfo) -> tuple[bytes, str]:
        assert self._zip is not None
        with self._zip.open(part) as stream:
            content = stream.read(MAX_FILE + 1)
        return (b"", f"is larger than {MAX_FILE / 1e6:g} MB") if len(content) > MAX_FILE else (content, "")

    def _found(self) -> Iterator[tuple[str, zipfile.ZipInfo | Path, str]]:
        return _in_zip(self._zip) if self._zip is not None else _in_folder(self.path)


def is_safe(name: str) -> bool:
    """Whether a path with `/` stays inside the folder that it is relative to."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not {"\0", "\\"} & set(name)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        start = path.read_bytes()[:512].lstrip().lower()
        kind = "a web page (log in and download it again)" if start.startswith(b"<") else f"no whole zip file ({error})"
        raise CollectError(f"{path} is {kind}") from error
    except OSError as error:
        raise CollectError(f"{path} cannot be read ({error.strerror})") from error


def _in_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo, str]]:
    for part in archive.infolist():
        name = _name(part)
        if part.is_dir() or _NOISE & set(name.split("/")):
            continue
        refusal = ""
        if not is_safe(name):
            refusal = "is refused: its path leads out of the archive"
        elif stat.S_ISLNK(part.external_attr >> 16):
            refusal = "is refused: it is a link"
        elif part.flag_bits & 0x1:
            refusal = "is encrypted: ask for it without a password"
        yield name, part, refusal


def _name(part: zipfile.ZipInfo) -> str:
    """The name of a part: some systems write UTF-8 without saying so."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return part.filename


def _in_folder(folder: Path) -> Iterator[tuple[str, Path, str]]:
    for home, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NOISE)
        for name in sorted(files) + [name for name in folders if (Path(home) / name).is_symlink()]:
            path = Path(home) / name
            if name not in _NOISE:
                yield path.relative_to(folder).as_posix(), path, "is refused: it is a link" if path.is_symlink() else ""
