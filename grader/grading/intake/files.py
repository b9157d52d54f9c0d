"""Reading one file of a submission: regular, not behind a link, not too large, and what its first bytes say it is."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_SOURCE = 1_000_000
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive (or an Office document)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a document of a word processor (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_WEB = (b"<!doctype html", b"<html", b"<?xml", b"<head")


def read_bytes(path: Path, limit: int, depth: int = 0) -> tuple[bytes, str]:
    """The content of a regular file and "", or nothing and why it cannot be had.

    The last `depth` folders of its path are a submission's: where one is a link, or has become one, it is not followed.
    """
    name = path.name
    if path.is_symlink():
        return b"", f"{name} is missing (there is a link in its place, and links are not followed)"
    try:
        handle = _opened(path, depth)
    except OSError as error:
        return b"", f"{name} cannot be read: {error.strerror}"
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return b"", f"{name} is missing (what has its name is not a regular file)"
    with os.fdopen(handle, "rb") as stream:
        try:
            content = stream.read(limit + 1)
        except OSError as error:
            return b"", f"{name} cannot be read: {error.strerror}"
    if len(content) > limit:
        return b"", f"{name} is larger than {limit / 1e6:g} MB"
    return content, ""


def _opened(path: Path, depth: int) -> int:
    """A descriptor of the file, come to by one descriptor after the other from the folder that nobody can exchange."""
    # O_NONBLOCK: opening a FIFO must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not depth or os.open not in os.supports_dir_fd:
        return os.open(path, flags)
    folders = path.parts[-depth - 1 : -1]
    at = os.open(Path(*path.parts[: -depth - 1]), os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            inner = os.open(folder, flags | os.O_DIRECTORY, dir_fd=at)
            os.close(at)
            at = inner
        return os.open(path.name, flags, dir_fd=at)
    finally:
        os.close(at)


def kind_of(content: bytes) -> str:
    """What a file is that is neither Python nor a notebook, as far as its first bytes tell; "" where they do not."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = next((kind for mark, kind in _KINDS if start.startswith(mark)), "")
    return found or ("a web page" if start.lower().startswith(_WEB) else "")
