"""What a student's repository holds, as a mapping from paths to contents."""

from __future__ import annotations

import json
from collections.abc import Collection
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from grader.frontends.release.wheel import ReleaseError, build_wheel, checkout

# Under their real names these files would be at work in the kit's own tree.
_RENAMED = {"gitignore": ".gitignore", "pyproject.in": "pyproject.toml"}
_SKIPPED = {"__pycache__", ".ipynb_checkpoints"}


def edition(stages: Collection[int] = (), course: str = "", points: bytes | None = None) -> dict[str, bytes]:
    """Every file of the repository. `stages` chooses some of the stages, `course` is where the pages are.

    The wheel holds `points`, the repository's misstep.toml: what grades there reads none of the student's.

    Raises ReleaseError where there is no checkout, no such stage, or no wheel to be had.
    """
    exercises = _exercises(checkout() / "exercises", stages)
    folders = sorted({path.split("/")[1] for path in exercises if path.count("/") > 1})
    ours = f"[course]\nurl = {json.dumps(course)}\n".encode() if course else None
    name, wheel = build_wheel(ours if points is None else points)
    words = {
        "@WHEEL@": name,
        "@FIRST@": f"exercises/{folders[0]}",
        "@OPTIONS@": " ".join(f"--stage {folder.removeprefix('stage')}" for folder in folders),
        "@STAGES@": "\n".join(f"- [{folder}](exercises/{folder}/README.md)" for folder in folders),
    }
    house = _template(files("grader.frontends.release") / "student", words)
    if ours:
        house["misstep.toml"] = ours
    return {**house, **exercises, f"vendor/{name}": wheel}


def _exercises(folder: Path, stages: Collection[int]) -> dict[str, bytes]:
    wanted = {f"stage{number}" for number in stages} or {path.name for path in folder.glob("stage*")}
    missing = sorted(name for name in wanted if not (folder / name).is_dir())
    if missing:
        raise ReleaseError(f"there is no {', '.join(missing)} under {folder}")
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        chosen = len(parts) == 1 or parts[0] in wanted
        if path.is_file() and chosen and not _SKIPPED & set(parts):
            found["/".join(("exercises", *parts))] = path.read_bytes()
    return found


def _template(folder: Traversable, words: dict[str, str], prefix: str = "") -> dict[str, bytes]:
    found = {}
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        path = prefix + _RENAMED.get(item.name, item.name)
        if item.is_dir():
            found.update(_template(item, words, f"{path}/"))
        else:
            text = item.read_text(encoding="utf-8")
            for word, value in words.items():
                text = text.replace(word, value)
            found[path] = text.encode("utf-8")
    return found
