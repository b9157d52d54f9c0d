"""Batches from what a learning management system lets an instructor download: one small module per system.

A system is a module of this package with a docstring (first line: what it is; then its source), found by its name, and

- `pieces(names, read)`: a `Piece` for each of the download's paths (with `/`) that it knows; `read(name)` is the text
  of one of them. Paths that it gives no piece for are named to the instructor.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType

__all__ = ["Piece", "person", "systems"]


@dataclass(frozen=True)
class Piece:
    """One file of a download, and whose it is.

    `student` tells students of one download apart; `people` are the rows of a roster for it, several for a group.
    `attempt` orders a student's attempts by the system's own time, which `submitted` shows; `order` orders files of one
    name within an attempt. `file` is "" for a path that is the system's own.
    """

    name: str
    student: str = ""
    file: str = ""
    people: tuple[tuple[tuple[str, str], ...], ...] = ()
    attempt: str = ""
    submitted: str = ""
    order: int = 0
    late: bool = False


def systems() -> dict[str, ModuleType]:
    """Every system by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "pieces")}


def person(**known: str) -> tuple[tuple[str, str], ...]:
    """One row of a roster, without what is empty."""
    return tuple((key, value) for key, value in known.items() if value)
