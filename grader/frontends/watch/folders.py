"""Where a student works: the folders of the stages, found from wherever a command is started."""

from __future__ import annotations

from pathlib import Path

from grader.course.catalogue import Exercise, stage, stage_numbers
from grader.course.pages import stage_of


def student_stages(start: Path) -> dict[int, Path]:
    """The folders of the stages by number: at `start`, in it, under its `exercises`, or above it; maybe none."""
    for place in (start, *start.parents):
        for home in (place / "exercises", place):
            found = _stages_in(home)
            if found:
                return found
        if stage_of(place):
            return _stages_in(place.parent) or {int(stage_of(place) or 0): place}
        if (place / ".git").exists():
            break
    return {}


def _stages_in(home: Path) -> dict[int, Path]:
    if not home.is_dir():
        return {}
    folders = (home / f"stage{number}" for number in stage_numbers())
    return {number: folder for folder in folders if folder.is_dir() and (number := stage_of(folder))}


def chosen_stages(start: Path, asked: str | None) -> dict[int, Path] | str:
    """The stage that is asked for (a number, a name or a folder), or all; or what to say where there is none."""
    if asked and Path(asked).is_dir():
        number = stage_of(Path(asked))
        return {number: Path(asked).resolve()} if number else f"{asked} holds no file of a stage"
    stages = student_stages(start)
    if not stages:
        return "there are no exercises here; go to the folder that holds `exercises`"
    if asked is None:
        return stages
    known = {f"stage{number}": {number: folder} for number, folder in stages.items()}
    return (
        known.get(f"stage{asked.removeprefix('stage')}") or f"there is no {asked!r} here; there is {', '.join(known)}"
    )


def course_root(stages: dict[int, Path]) -> Path:
    """The folder that the student calls theirs: above `exercises`, or the one that holds the stages."""
    home = next(iter(stages.values())).parent
    return home.parent if home.name == "exercises" else home


def all_exercises(stages: dict[int, Path]) -> list[Exercise]:
    """The exercises of these stages in the order of the task sheets."""
    return [exercise for number in sorted(stages) for exercise in stage(number).exercises]


def shown_path(path: Path) -> str:
    """As it would be typed from here."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
