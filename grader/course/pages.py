"""The pages: one section of a stage's MISTAKES.md per documented mistake, and where exercises are found."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from grader.course.errors import CourseError
from grader.student.names import stage_number

_PACKAGE = Path(__file__).resolve().parents[1]
_SUITES = Path(__file__).resolve().parent / "suites"
_HEADING = re.compile(r"^## Mistake (\d+)[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"^\*\*(\d+\.\d+) · (.+?)\*\*[ \t]*$", re.MULTILINE)
_STAGE = re.compile(r"stage\d+")
# The line that says a mistake was found in public code and is none of the course's own.
_SOURCES = re.compile(r"^Seen in (\d+) public sources\.[ \t]*$", re.MULTILINE)


class PageError(CourseError):
    """A MISTAKES.md that does not hold what its form asks for."""


@dataclass(frozen=True)
class Page:
    """One documented mistake: its id, its title, and the Markdown that explains it.

    `sources` is the number of public sources that a mistake from the wild was seen in, and None for the course's own.
    `line` is where the section begins in its file.
    """

    id: str
    title: str
    body: str
    sources: int | None = None
    line: int = field(default=1, compare=False)

    @property
    def wild(self) -> bool:
        """Whether the mistake was found in public code and is none of the course's own."""
        return self.sources is not None

    @property
    def link(self) -> str:
        """Where the page stands, relative to the repository."""
        stage, number = self.id.split(".")
        return f"exercises/stage{stage}/MISTAKES.md#mistake-{number}"


@cache
def exercises_home() -> Path:
    """The folder of the students' stages: the repository's own, or the copy that an installed wheel carries."""
    carried = _PACKAGE / "_exercises"
    return carried if carried.is_dir() else _PACKAGE.parent / "exercises"


@cache
def stage_stems(number: int) -> frozenset[str]:
    """The names of a stage's files without `.py`: those that its suite speaks of."""
    names = (_SUITES / f"stage{number}").glob("test_*.py")
    return frozenset(name.stem.removeprefix("test_") for name in names)


@cache
def _stage_folders() -> tuple[int, ...]:
    folders = [folder.name.removeprefix("stage") for folder in _SUITES.glob("stage*[0-9]")]
    return tuple(sorted(int(number) for number in folders if number.isdecimal()))


def stage_of(path: Path) -> int | None:
    """The stage whose files `path` holds: by its name, or where most of a stage's files are there."""
    names = {entry.name for entry in os.scandir(path) if entry.name.endswith(".py")}
    for number in _stage_folders():
        here = sum(f"{stem}.py" in names for stem in stage_stems(number))
        # A package that is called otherwise is somebody's own, whatever its modules are called.
        most = here > len(stage_stems(number)) / 2 and "__init__.py" not in names
        if here and (stage_number(path.name) == number or most):
            return number
    return None


def solutions_home() -> Path | None:
    """The folder of the solutions; None in the students' edition, which has none."""
    home = _PACKAGE.parent / "solutions"
    return home if home.is_dir() and (home.parent / "pyproject.toml").is_file() else None


def read_pages(path: Path) -> dict[str, Page]:
    """The sections of a MISTAKES.md by id. Raises PageError where a section has no title or a wrong number."""
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    starts = list(_HEADING.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    pages: dict[str, Page] = {}
    for begin, end in zip(starts, ends, strict=True):
        page = _page(path, begin.group(1), text[begin.end() : end], text.count("\n", 0, begin.start()) + 1)
        if page.id in pages:
            raise PageError(f"{path}:{page.line}: {page.id} has a section already, in line {pages[page.id].line}")
        pages[page.id] = page
    return pages


def _page(path: Path, number: str, text: str, line: int) -> Page:
    title = _TITLE.search(text)
    if title is None:
        raise PageError(f"{path}:{line}: '## Mistake {number}' has no title line of the form **ID · Title**")
    wanted = f"{path.parent.name.removeprefix('stage')}.{number}" if _STAGE.fullmatch(path.parent.name) else ""
    if title.group(1).split(".")[1] != number or (wanted and title.group(1) != wanted):
        raise PageError(f"{path}:{line}: '## Mistake {number}' is titled {title.group(1)}")
    body = text[title.end() :].strip()
    seen = _SOURCES.search(body)
    return Page(title.group(1), title.group(2), body, int(seen.group(1)) if seen else None, line)
