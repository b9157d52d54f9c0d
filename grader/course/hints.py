"""The hints of a mistake: three steps beside its page, from where to look to the idea, and never the answer."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from grader.course.pages import exercises_home


def hints(mistake: str) -> tuple[str, ...]:
    """The steps for a mistake such as "5.9", the gentlest first; none where the stage has none for it."""
    return _read(exercises_home() / f"stage{mistake.partition('.')[0]}" / "hints.toml").get(mistake, ())


@cache
def _read(path: Path) -> dict[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {mistake: tuple(table["steps"]) for mistake, table in found.items()}
