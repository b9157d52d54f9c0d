"""Zip archives inside a submission: bounded in size, number and depth, and with no path that leads out of them."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_ARCHIVES = 20
MAX_ARCHIVE = 50_000_000
MAX_MEMBERS = 2_000
MAX_LISTED = 100_000
MAX_UNPACKED = 100_000_000
# An archive in an archive, and no further.
MAX_NESTED = 2
_WANTED = (".py", ".pyw", ".py3", ".ipynb", ".zip", ".txt", ".json")

_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError)

_NOT_THEIRS = frozenset({"__MACOSX", "__pycache__", "node_modules", "site-packages", "dist-packages"})

Read = Callable[[int], tuple[bytes, str]]


@dataclass
class Archive:
    """The members that may be work, by path, and what there is to say of the others."""

    members: list[tuple[tuple[str, ...], Read]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def opened(parts: tuple[str, ...], read: Read, depth: int, nested: int = 1) -> Archive:
    """What an archive holds, read without unpacking it anywhere. Nothing in it makes this fail."""
    result = Archive()
    name = "/".join(parts)
    content, problem = read(MAX_ARCHIVE)
    if problem:
        result.notes.append(problem)
        return result
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RecursionError, MemoryError) as error:
        result.notes.append(
            f"{name} is not a zip archive that can be read ({error}); hand in the files, or a new archive"
        )
        return result
    wanted = [info for info in infos[:MAX_LISTED] if _may_be_work(info)]
    if len(wanted) > MAX_MEMBERS or len(infos) > MAX_LISTED:
        result.notes.append(f"{name} holds more than {MAX_MEMBERS} files; only the first are looked at")
    outside = [info.filename for info in wanted if _parts(info) is None]
    if outside:
        paths = f"{outside[0]!r}, a path that leads out of it, which is" if len(outside) == 1 else (
            f"{len(outside)} paths that lead out of it, such as {outside[0]!r}, which are"
        )  # fmt: skip
        result.notes.append(f"{name} holds {paths} not read: make the archive anew, of the folder")
    _take(result, archive, wanted[:MAX_MEMBERS], parts, depth, nested)
    return result


def _may_be_work(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a file that anybody looks for, and lies in no folder of a tool's."""
    if info.is_dir() or not info.filename.lower().endswith(_WANTED):
        return False
    return all(map(is_theirs, _parts(info) or ()))


def _take(
    result: Archive,
    archive: zipfile.ZipFile,
    infos: list[zipfile.ZipInfo],
    parts: tuple[str, ...],
    depth: int,
    nested: int,
) -> None:
    name, total = "/".join(parts), 0
    for info in infos:
        inner = _parts(info)
        if inner is None:
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            result.notes.append(f"{name} holds the link {info.filename!r}; links are not followed")
            continue
        total += info.file_size
        if total > MAX_UNPACKED:
            result.notes.append(f"{name} unpacks to more than {MAX_UNPACKED / 1e6:g} MB; the rest of it is not read")
            return
        read = _reader(archive, info, f"{name}/{'/'.join(inner)}")
        if inner[-1].lower().endswith(".zip"):
            _nested(result, (*parts, *inner), read, depth, nested)
        else:
            result.members.append(((*parts, *inner), read))


def is_theirs(name: str) -> bool:
    """Whether a folder or file of this name may be a student's work: no hidden one, and none of a tool's."""
    return not name.startswith(".") and name not in _NOT_THEIRS


def _nested(result: Archive, parts: tuple[str, ...], read: Read, depth: int, nested: int) -> None:
    if nested >= MAX_NESTED or len(parts) > depth + 1:
        result.notes.append(f"{'/'.join(parts)} is not opened: it is an archive in an archive in an archive")
        return
    inner = opened(parts, read, depth, nested + 1)
    result.members += inner.members
    result.notes += inner.notes


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...] | None:
    """The path of a member; None where it leads out of the archive."""
    text = info.filename.replace("\\", "/")
    parts = tuple(part for part in text.split("/") if part not in ("", "."))
    is_rooted = text.startswith("/") or (len(text) > 1 and text[1] == ":")
    return None if is_rooted or ".." in parts or not parts else parts


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> Read:
    def read(limit: int) -> tuple[bytes, str]:
        if info.flag_bits & 1:
            return b"", f"{shown} is locked with a password; hand it in without one"
        try:
            with archive.open(info) as stream:
                content = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            return b"", f"{shown} cannot be read: {error}"
        return (content, "") if len(content) <= limit else (b"", f"{shown} is larger than {limit / 1e6:g} MB")

    return read
