"""The points table: what each check is worth, read from `misstep.toml` in the course directory."""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.course.catalogue import Check, Exercise, stages
from grader.course.late import Late, read_late

FILE = "misstep.toml"
# In `off`, the word for every mistake that was found in public code.
WILD = "wild"
_SECTIONS = {
    "course": {"url", "install"},
    "points": {"stage", "exercise", "mistake", "general", "off", "bonus"},
    "late": {"percent", "days", "due", "more"},
    "hints": {"line"},
    "libraries": {"allow"},
}


class PointsError(ValueError):
    """A misstep.toml that cannot be used; the message names the file and the entry."""


@dataclass(frozen=True)
class Points:
    """Weights by stage, exercise and mistake: a check is worth the product of those that apply to it.

    `general` is the weight of general checks, `off` the mistakes that are not looked for, `bonus` the mistakes,
    exercises and stages whose points count above what can be reached, `late` the late rule, `url` what links to pages
    begin with, and `install` the command by which students of the course install misstep. `lines` says
    whether students are told the line of a slip that nobody documented.
    `allow` names the libraries that may be imported beside numpy.
    """

    stage: Mapping[str, float] = field(default_factory=dict)
    exercise: Mapping[str, float] = field(default_factory=dict)
    mistake: Mapping[str, float] = field(default_factory=dict)
    general: float = 1.0
    off: frozenset[str] = frozenset()
    bonus: frozenset[str] = frozenset()
    late: Late | None = None
    url: str = ""
    install: str = ""
    lines: bool = True
    allow: tuple[str, ...] = ()

    def planned(self, exercise: Exercise, check: Check) -> bool:
        """Whether the check is run at all."""
        return check.id not in self.off

    def of(self, exercise: Exercise, check: Check) -> float:
        """The points of a check that passes."""
        kind = self.general if check.id is None else self.mistake.get(check.id, 1.0)
        return self.stage.get(str(exercise.stage), 1.0) * self.exercise.get(exercise.name, 1.0) * kind

    def possible(self, exercise: Exercise, check: Check) -> float:
        """What the check adds to what can be reached: nothing where it is a bonus."""
        is_bonus = {check.id or "", exercise.name, str(exercise.stage)} & self.bonus
        return 0.0 if is_bonus else self.of(exercise, check)

    def link(self, page: str) -> str:
        """The link to a page, absolute where the course has a URL."""
        return f"{self.url.rstrip('/')}/{page}" if self.url else page

    def to_json(self) -> dict[str, Any]:
        """The table as JSON."""
        return {
            "stage": dict(self.stage),
            "exercise": dict(self.exercise),
            "mistake": dict(self.mistake),
            "general": self.general,
            "off": sorted(self.off),
            "bonus": sorted(self.bonus),
            "late": self.late.to_json() if self.late else None,
            "url": self.url,
            **self.decisive(),
        }

    def decisive(self) -> dict[str, Any]:
        """What grading depends on; all else is arithmetic on verdicts that are there, see `grading.reweigh`."""
        return {"lines": self.lines, "allow": list(self.allow)}


def find_points(start: Path) -> Points:
    """The table of the course that `start` lies in: the nearest misstep.toml upwards, or one point each.

    A file of another user, neither ours nor the one's whose `start` is, decides nothing.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file() and _is_ours(folder / FILE, start):
            return read_points(folder / FILE)
    return Points()


def bundled_points() -> Points:
    """The table that a course's own bundle of the kit brings along; where there is none, one point each.

    It is what counts where a checkout is graded: the files of a checkout are its student's.
    """
    path = Path(__file__).with_name(FILE)
    return read_points(path) if path.is_file() else Points()


def _is_ours(file: Path, start: Path) -> bool:
    if not hasattr(os, "getuid"):
        return True
    return file.stat().st_uid in (os.getuid(), 0, start.stat().st_uid)


def read_points(path: Path) -> Points:
    """Read a table. Raises PointsError for anything in it that means nothing."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PointsError(f"{path}: {error}") from error
    for section, table in data.items():
        if section not in _SECTIONS or not isinstance(table, dict):
            raise PointsError(f"{path}: [{section}] is unknown; there are {_listed(_SECTIONS)}")
        for key in set(table) - _SECTIONS[section]:
            raise PointsError(f"{path}: {section}.{key} is unknown; [{section}] has {_listed(_SECTIONS[section])}")
    points = data.get("points", {})
    return Points(
        stage=_weights(path, "stage", points, {str(s.number) for s in stages()}),
        exercise=_weights(path, "exercise", points, {e.name for s in stages() for e in s.exercises}),
        mistake=_weights(path, "mistake", points, _mistakes()),
        general=_weight(path, "general", points.get("general", 1.0)),
        off=_off(path, points.get("off", [])),
        bonus=_bonus(path, points.get("bonus", [])),
        late=_late(path, data.get("late", {})),
        url=_url(path, data.get("course", {}).get("url", "")),
        install=_install(path, data.get("course", {}).get("install", "")),
        lines=_switch(path, "hints.line", data.get("hints", {}).get("line", True)),
        allow=_allow(path, data.get("libraries", {}).get("allow", [])),
    )


def _switch(path: Path, name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise PointsError(f"{path}: {name} is {value!r}, and must be true or false")
    return value


def _mistakes() -> set[str]:
    return {mistake for stage in stages() for mistake in stage.pages}


def _weights(path: Path, name: str, points: Mapping[str, Any], known: set[str]) -> dict[str, float]:
    table = points.get(name, {})
    if not isinstance(table, dict):
        raise PointsError(f"{path}: points.{name} must be a table such as [points.{name}]")
    for key in table:
        if key not in known:
            hint = ' (ids go in quotes: "5.9" = 2)' if name == "mistake" else ""
            raise PointsError(f"{path}: points.{name} names {key!r}, which is no {name}{hint}")
    return {key: _weight(path, f"{name}.{key}", value) for key, value in table.items()}


def _weight(path: Path, name: str, value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value < 0:
        raise PointsError(f"{path}: points.{name} is {value!r}; a weight is a number, 0 or more")
    return float(value)


def _off(path: Path, value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise PointsError(f'{path}: points.off must be a list of mistakes such as ["5.9"], or ["{WILD}"]')
    for item in set(value) - _mistakes() - {WILD}:
        raise PointsError(f'{path}: points.off names {item!r}, which is no mistake; "{WILD}" is all from public code')
    return frozenset(value) - {WILD} | (_wild() if WILD in value else frozenset())


def _bonus(path: Path, value: Any) -> frozenset[str]:
    known = _mistakes() | {e.name for s in stages() for e in s.exercises} | {str(s.number) for s in stages()} | {WILD}
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise PointsError(f'{path}: points.bonus must be a list such as ["5.9", "causal_mask", "{WILD}"]')
    for item in set(value) - known:
        raise PointsError(f"{path}: points.bonus names {item!r}, which is no mistake, exercise or stage")
    return frozenset(value) - {WILD} | (_wild() if WILD in value else frozenset())


def _late(path: Path, table: Any) -> Late | None:
    try:
        return read_late(table)
    except ValueError as error:
        raise PointsError(f"{path}: {error}") from error


def _wild() -> frozenset[str]:
    return frozenset(page.id for stage in stages() for page in stage.pages.values() if page.wild)


def _url(path: Path, value: Any) -> str:
    if not isinstance(value, str) or (value and not value.startswith(("https://", "http://"))):
        raise PointsError(f"{path}: course.url is {value!r}; it must begin with https://")
    return value


def _install(path: Path, value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise PointsError(f"{path}: course.install is {value!r}; it must be one line that students run")
    return value


def _allow(path: Path, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.isidentifier() for item in value):
        raise PointsError(f'{path}: libraries.allow must be a list of names as imported, such as ["scipy", "sklearn"]')
    return tuple(sorted(set(value)))


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))
