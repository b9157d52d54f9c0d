"""The libraries that a course allows beside numpy: where they are installed, and what they need themselves."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import metadata
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from grader.isolation.errors import LibraryMissing

# Ours is no library: it holds the tests.
_OURS = frozenset({"grader", "misstep"})


@dataclass(frozen=True)
class Libraries:
    """`names` are what the course allows; `roots` is what may be imported for them, from the folders `site`."""

    names: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()


NONE = Libraries()


def find_libraries(names: Collection[str]) -> Libraries:
    """The libraries of these import names, with all that they require. Raises LibraryMissing."""
    distributions = _required(names)
    tops = {(Path(str(d.locate_file(""))), top) for d in distributions for top in _tops(d)}
    tops = {(site, top) for site, top in tops if top.partition(".")[0] not in _OURS}
    return Libraries(
        tuple(sorted(names)),
        tuple(sorted({top.partition(".")[0] for _, top in tops} | set(names))),
        tuple(sorted({str(site) for site, _ in tops})),
        tuple(sorted(str(site / top) for site, top in tops if (site / top).exists())),
    )


def _required(names: Collection[str]) -> list[metadata.Distribution]:
    by_root = metadata.packages_distributions() if names else {}
    waiting: list[str] = []
    for name in names:
        if name not in by_root:
            raise LibraryMissing(
                f"[libraries] allow names {name!r}, which is not installed here; install it for {sys.executable}, "
                "or take it out of misstep.toml"
            )
        waiting += by_root[name]
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            found[key] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        waiting += [re.split(r"[^\w.-]", need)[0] for need in found[key].requires or () if "extra ==" not in need]
    return list(found.values())


def _tops(distribution: metadata.Distribution) -> set[str]:
    """The first parts of the paths of what it has installed, but for its description and its commands."""
    parts = {path.parts[0] for path in distribution.files or () if path.parts}
    return {part for part in parts if part not in ("..", "__pycache__") and not part.endswith(".dist-info")}


class AllowedFinder(MetaPathFinder):
    """Finds these roots, and nothing else, in the folders where they are installed."""

    def __init__(self, roots: Iterable[str], site: Iterable[str]) -> None:
        self._roots, self._site = frozenset(roots), list(site)

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """See importlib."""
        if path is not None or fullname not in self._roots:
            return None
        return importlib.machinery.PathFinder.find_spec(fullname, self._site, target)


def allow(config: dict[str, Any]) -> None:
    """Let the libraries of `config` be found in this process, and load those that the course names."""
    sys.meta_path.append(AllowedFinder(config["roots"], config["site"]))
    for name in config["names"]:
        try:
            importlib.import_module(name)
        except Exception:  # whatever is wrong with it, the submissions that need it will say
            continue
