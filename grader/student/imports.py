"""What the import statement finds in a student's code: siblings, the standard library, numpy, and stand-ins.

The statement asks the `__import__` of the builtins of its module, so ours is put there, and whatever the standard
library and numpy import themselves is theirs.
"""

from __future__ import annotations

import builtins
import importlib
import re
import sys
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from grader.student import manners
from grader.student.own_names import OwnNames, is_home
from grader.student.source import Source
from grader.student.standins import StandIn

# Roots of names that mean what they say; `__main__` is whoever asks.
THERE = frozenset(sys.stdlib_module_names) | {"numpy", "__main__"}
_STATEMENT = re.compile(r"^[ \t]*(?:from[ \t]+([A-Za-z_][\w.]*)[ \t]+import\b|import[ \t]+([A-Za-z_][\w., \t]*))", re.M)
Load = Callable[[str], types.ModuleType]
_LONG_STRING = re.compile(r"(?s)'''.*?'''|\"\"\".*?\"\"\"")


class Imports:
    """The import statement of the files of one stage.

    `load` gives the module of a sibling by its stem. `allowed` are the roots of libraries that the course has beside
    numpy. `guarded` holds the places (file and line) of imports that the student's code has a way without.
    """

    def __init__(
        self, load: Callable[[str], types.ModuleType], sources: Mapping[str, Source], allowed: Collection[str]
    ) -> None:
        self._load, self._allowed = load, allowed
        self._names = OwnNames(sources, allowed)
        self.guarded: set[tuple[str, int]] = set()
        self.starred: set[str] = set()

    def builtins(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """The builtins of a student's module."""
        return {**vars(builtins), **manners.BUILTINS, "__import__": self.find, **more}

    def find(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Collection[str] | None = (),
        level: int = 0,
    ) -> Any:
        """What `builtins.__import__` is asked for."""
        parts = self._names.inside(name, level, fromlist or ())
        if parts is not None:
            return self._sibling(name, parts, bool(fromlist))
        root = name.partition(".")[0]
        if name == "importlib":
            # What it finds for a student is what the statement finds.
            return _Importlib(self)
        if root in THERE or root in self._allowed:
            return self._there(name, root, globals, locals, fromlist or ())
        frame = sys._getframe(1)
        if (frame.f_code.co_filename, frame.f_lineno) in self.guarded:
            raise ModuleNotFoundError(f"No module named {root!r}", name=root)
        return self._stand_in(name, root, fromlist or ())

    def _there(self, name: str, root: str, globals: Any, locals: Any, fromlist: Collection[str]) -> Any:
        try:
            found = builtins.__import__(name, globals, locals, tuple(fromlist), 0)
            self._names.check_hidden(found, root, fromlist)
            return found
        except ModuleNotFoundError as error:
            # Not every system has all of it: tkinter, curses, winreg. And what is allowed may not be installed.
            missing = (error.name or "").lstrip("_").partition(".")[0]
            if root == "numpy" or (name != root and root in sys.modules) or missing not in (root, ""):
                raise
        return self._stand_in(name, root, fromlist)

    def _stand_in(self, name: str, root: str, fromlist: Collection[str]) -> StandIn:
        if "*" in fromlist:
            self.starred.add(name)
        return StandIn(name if fromlist else root)

    def _sibling(self, name: str, parts: list[str], is_from: bool) -> Any:
        if parts and parts[0] not in self._names.stems:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = self._load(parts[0]) if parts else _Stage(self._load, self._names)
        if is_from or "." not in name:
            return module
        # `import exercises.stage5.heads` binds `exercises`, and the rest is asked of that.
        return _Stage(self._load, self._names)


class _Stage:
    """The folder of a stage, or one that it lies in, as a module of which files are attributes."""

    def __init__(self, load: Load, names: OwnNames) -> None:
        self._load, self._names = load, names
        self.__name__ = "the files of your stage"

    def __getattr__(self, name: str) -> Any:
        if name in self._names.stems:
            return self._load(name)
        if self._names.is_folder(name):
            return self
        if "__init__" in self._names.stems:
            # What `from stage5 import split_heads` finds in a package.
            return getattr(self._load("__init__"), name)
        raise AttributeError(name)


class _Importlib(types.ModuleType):
    """`importlib` whose import_module finds what the statement finds."""

    def __init__(self, imports: Imports) -> None:
        super().__init__("importlib")
        self._imports = imports

    def import_module(self, name: str, package: str | None = None) -> Any:
        """See importlib."""
        bare = name.lstrip(".")
        return self._imports.find(bare, {}, {}, ("",), len(name) - len(bare))

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib, name)


def foreign(source: Source, sources: Mapping[str, Source], allowed: Collection[str] = ()) -> Iterator[tuple[str, int]]:
    """The libraries that a source imports and that will be stand-ins, each with the line (or cell) of its first import.

    The text is searched, never parsed or run.
    """
    seen = set[str]()
    names = lru_cache(1)(lambda: OwnNames(sources, allowed))
    for number, chunk in enumerate(source.chunks, start=1):
        text = _LONG_STRING.sub(lambda found: "\n" * found.group().count("\n"), chunk.decode("utf-8", "replace"))
        for found in _STATEMENT.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            for name in _names(found.group(1) or found.group(2)):
                root = name.partition(".")[0]
                if root not in seen and _is_foreign(name, _wanted(found, text), names, allowed):
                    seen.add(root)
                    yield root, number if source.forgiving else line


def _names(names: str) -> list[str]:
    return [part.split()[0] for part in names.split(",") if part.strip() and part.split()[0][0] != "."]


def _wanted(statement: re.Match[str], text: str) -> list[str]:
    """What a `from` statement takes of the module, as far as its line tells."""
    return re.findall(r"\w+", text[statement.end() :].partition("\n")[0]) if statement.group(1) else []


def _is_foreign(name: str, wanted: Collection[str], names: Callable[[], OwnNames], allowed: Collection[str]) -> bool:
    root = name.partition(".")[0]
    if root in THERE or root in allowed or is_home(root):
        return False
    return names().inside(name, 0, wanted) is None
