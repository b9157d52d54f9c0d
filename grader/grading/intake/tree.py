"""The files of a submission, those in its zip archives included: found without following a link or running a line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from grader.grading.intake.archives import MAX_ARCHIVES, Archive, is_theirs, opened
from grader.grading.intake.files import MAX_SOURCE, read_bytes

# How far below the submission a folder may lie, and how many folders and files are looked at.
MAX_DEPTH = 5
MAX_FOLDERS = 1_000
MAX_FILES = 5_000
# So many small files are read once, however often they are looked at.
MOST_KEPT = 32
_HIDDEN = ("", "w", "3", "thon", ".txt", ".json", ".download")

Read = Callable[[int], tuple[bytes, str]]


@dataclass(frozen=True)
class File:
    """One file by its path below the submission; `read` gives at most so many bytes, or why there are none."""

    parts: tuple[str, ...]
    read: Read = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def folder(self) -> tuple[str, ...]:
        return self.parts[:-1]

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def kind(self) -> str:
        """Its ending in small letters: "py" also for the `heads.py.txt` of a system that hides endings."""
        return _kind(self.name)


@lru_cache(maxsize=10_000)
def _kind(name: str) -> str:
    name = name.lower().rstrip()
    for kind in ("py", "ipynb"):
        if name.endswith(tuple(f".{kind}{end}" for end in _HIDDEN)):
            return kind
    return name.rpartition(".")[2] if "." in name else ""


def path_of(file: File) -> str:
    """What a file is called in feedback: its path below the submission."""
    return "/".join(file.parts)


@dataclass
class Tree:
    """All files in order, what there is to say of archives that could not be read in full, and folders too far down."""

    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    too_deep: list[tuple[str, ...]] = field(default_factory=list)
    _folders: dict[tuple[str, ...], list[File]] = field(default_factory=dict)

    def inside(self, folder: tuple[str, ...]) -> Sequence[File]:
        """The files that lie in one folder."""
        if sum(map(len, self._folders.values())) != len(self.files):
            self._folders = {}
            for file in self.files:
                self._folders.setdefault(file.folder, []).append(file)
        return self._folders.get(folder, ())

    def of(self, folder: tuple[str, ...], kind: str = "py") -> list[File]:
        """The files of one kind that lie in one folder."""
        return [file for file in self.inside(folder) if file.kind == kind]

    def folders(self) -> list[tuple[str, ...]]:
        """Every folder that holds a file."""
        return list(dict.fromkeys(file.folder for file in self.files))


def read_tree(path: Path, depth: int = MAX_DEPTH) -> Tree:
    """The files below a folder, or the one file that `path` is; none where it is a link."""
    tree = Tree()
    if path.is_symlink():
        return tree
    if not path.is_dir():
        tree.files.append(_file(path, (path.name,), 0, read_bytes))
        return tree
    reading = lru_cache(MOST_KEPT)(read_bytes)
    for count, (entry, parts) in enumerate(entries(path, tree, depth)):
        if count == MAX_FILES:
            tree.notes.append(f"only the first {MAX_FILES} files were looked at")
            break
        # The submission's own folder among them: it may be exchanged, too, while it is read.
        tree.files.append(_file(Path(entry), parts, len(parts), reading))
    for archive in [file for file in tree.files if file.kind == "zip"][:MAX_ARCHIVES]:
        _unpack(tree, archive, depth)
    return tree


def entries(folder: Path, tree: Tree, depth: int) -> Iterator[tuple[os.DirEntry[str], tuple[str, ...]]]:
    """The files of a folder, then those of its folders, `MAX_FOLDERS` of them at most; `tree` learns of those below."""
    waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    for _ in range(MAX_FOLDERS):
        if not waiting:
            return
        here, above = waiting.pop()
        entries = _listed(here)
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        inner = []
        for entry in entries:
            if not is_theirs(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                inner.append((Path(entry), (*above, entry.name)))
            elif entry.is_file(follow_symlinks=False) or entry.name.endswith(".py"):
                # What is no file but has the name of a Python file is missing, and it is said why.
                yield entry, (*above, entry.name)
        if len(above) < depth:
            waiting += reversed(inner)
        else:
            tree.too_deep += [parts for _, parts in inner]


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _file(path: Path, parts: tuple[str, ...], depth: int, reading: Callable[..., tuple[bytes, str]]) -> File:
    return File(parts, lambda limit: (reading if limit <= MAX_SOURCE else read_bytes)(path, limit, depth))


def _unpack(tree: Tree, file: File, depth: int) -> None:
    """Add the files of an archive as if it were a folder of its name."""
    archive: Archive = opened(file.parts, file.read, depth)
    tree.notes += archive.notes
    for parts, read in archive.members:
        if len(parts) - 1 <= depth and all(map(is_theirs, parts)):
            tree.files.append(File(parts, read))


def is_plain_directory(path: Path) -> bool:
    """Whether `path` is a directory itself and no link to one."""
    return path.is_dir() and not path.is_symlink()
