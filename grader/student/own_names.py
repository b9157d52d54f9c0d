"""What a student's import statement may mean of their own files: by their stems, by their names, by their folders."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Any

from grader.student.names import folded
from grader.student.source import Source

# A file of one of these names would hide the real module from the student's other files and from numpy.
RESERVED = frozenset(sys.stdlib_module_names) | {"numpy", "pytest", "grader"}
# Folders that a stage lies in.
_HOMES = frozenset({"exercises", "solutions"})
# How many folders above a file may stand in an import of it.
MOST_FOLDERS = 5


def is_home(name: str) -> bool:
    """Whether a folder of this name is a stage, or one that stages lie in."""
    return name in _HOMES or re.fullmatch(r"stage\d+", name) is not None


class OwnNames:
    """The names of one stage's files; `allowed` are the libraries that the course has, which no folder stands for."""

    def __init__(self, sources: Mapping[str, Source], allowed: Collection[str]) -> None:
        self.stems = {stem for stem in sources if stem not in RESERVED}
        self._there = RESERVED.union(allowed) if allowed else RESERVED
        self._hidden = {stem for stem in sources if stem in RESERVED}
        paths = {stem: PurePath(source.file) for stem, source in sources.items()}
        # A file may have been read under another name than it bears: `Heads.py`, `heads_jane.py`.
        self._called = {path.stem: stem for stem, path in paths.items() if not sources[stem].forgiving}
        self._folded = {folded(stem): stem for stem in self.stems}
        self._folders = {"src", "misstep"}.union(*(path.parent.parts[-MOST_FOLDERS:] for path in paths.values()))

    def inside(self, name: str, level: int, wanted: Collection[str]) -> list[str] | None:
        """The path of a name inside the stage, if it lies there: `[]` is the stage itself.

        `wanted` is what is taken of it, and `level` the number of dots before it.
        """
        parts = name.split(".") if name else []
        if parts and not level and (stem := self._stem(parts[0])):
            return [stem, *parts[1:]]
        for is_above in (is_home, self.is_folder):
            rest = self._below(parts, is_above)
            if rest and (stem := self._stem(rest[0])):
                return [stem, *rest[1:]]
            if not rest and (is_above is is_home or any(map(self._stem, wanted))):
                return rest
        return parts if level else None

    def _below(self, parts: list[str], is_above: Any) -> list[str]:
        while parts and is_above(parts[0]):
            parts = parts[1:]
        return parts

    def is_folder(self, name: str) -> bool:
        """Whether a name in an import may be a folder of the student's own."""
        return is_home(name) or (name in self._folders and name not in self._there)

    def _stem(self, name: str) -> str | None:
        if name in self.stems:
            return name
        found = self._called.get(name) or self._folded.get(folded(name))
        return found if found in self.stems and name not in self._there else None

    def check_hidden(self, module: Any, root: str, wanted: Collection[str]) -> None:
        """Raise ImportError where a file of the student's was meant that has the name of a module of Python's."""
        if root in self._hidden and any(name != "*" and not hasattr(module, name) for name in wanted):
            raise ImportError(f"your {root}.py has the name of a module of Python's: call it something else", name=root)
