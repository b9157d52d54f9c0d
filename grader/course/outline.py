"""The outline of a stage: what is said of it in feedback, recorded beside its suite.

A student works in the very folder that holds the stubs and MISTAKES.md, and may break both. So the names of
parameters and the titles of mistakes are read from what `misstep record` wrote, and from the folder only where a
contributor has added something since.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.course import suites
from grader.course.pages import Page, read_pages

FILE = "outline.json"


@dataclass(frozen=True)
class Outline:
    """Parameter names by function, and pages by mistake id (without their text where the folder has none)."""

    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)

    def to_json(self) -> str:
        """The text of the recorded file."""
        pages = {page.id: {"title": page.title, "sources": page.sources} for page in self.pages.values()}
        parameters = {name: list(names) for name, names in self.parameters.items()}
        return json.dumps({"pages": pages, "parameters": parameters}, indent=1, ensure_ascii=False) + "\n"


def outline_path(number: int) -> Path:
    """Where a stage's outline is kept."""
    return Path(suites.__file__).resolve().parent / f"stage{number}" / FILE


def recorded(number: int) -> Outline:
    """The outline as it was recorded; an empty one for a stage that was never recorded."""
    path = outline_path(number)
    if not path.is_file():
        return Outline()
    data = json.loads(path.read_text(encoding="utf-8"))
    pages = {mistake: Page(mistake, page["title"], "", page["sources"]) for mistake, page in data["pages"].items()}
    return Outline({name: tuple(names) for name, names in data["parameters"].items()}, pages)


def written(home: Path) -> Outline:
    """The outline as the folder `home` has it. Raises PageError, SyntaxError, ValueError or OSError."""
    parameters: dict[str, tuple[str, ...]] = {}
    for stub in sorted(home.glob("*.py")):
        parameters |= _parameters(stub)
    return Outline(parameters, read_pages(home / "MISTAKES.md"))


def outline(number: int, home: Path) -> Outline:
    """What is recorded, and the pages that the folder `home` has beside; nothing in there makes this fail."""
    known = recorded(number)
    pages = _readable_pages(home)
    for mistake, page in known.pages.items():
        pages[mistake] = replace(pages.get(mistake, page), title=page.title, sources=page.sources)
    return Outline(known.parameters, pages)


def _readable_pages(home: Path) -> dict[str, Page]:
    try:
        return read_pages(home / "MISTAKES.md")
    except (OSError, ValueError):
        return {}


def readable_parameters(stub: Path) -> Mapping[str, tuple[str, ...]]:
    """The parameters of a stub that is not recorded yet; none where it cannot be read."""
    try:
        return _parameters(stub)
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return {}


def _parameters(stub: Path) -> Mapping[str, tuple[str, ...]]:
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name: tuple(arg.arg for arg in node.args.args) for node in functions}
