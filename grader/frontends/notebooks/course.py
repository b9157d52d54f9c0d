"""A course directory for nbgrader: its config, and per stage a notebook with the pages beside it."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from grader.course.catalogue import Stage, stage, stage_numbers
from grader.course.pages import exercises_home, solutions_home
from grader.course.points import find_points
from grader.frontends.notebooks.merge import Merge, merge, stamped
from grader.frontends.notebooks.sheet import PAGES, notebook
from grader.frontends.release.update import Update, update
from grader.results.atomic import write_whole
from grader.results.folded_hints import folded_hints

CONFIG = "nbgrader_config.py"
SEED = ".misstep-seed"


class CourseError(ValueError):
    """A course that cannot be made or used; the message says why."""


@dataclass
class Made:
    """What was done: with whole files, and with the cells of each notebook by its path."""

    files: Update
    notebooks: dict[str, Merge] = field(default_factory=dict)

    @property
    def conflicts(self) -> bool:
        return bool(self.files.conflicts) or any(done.conflicts for done in self.notebooks.values())


def make_course(home: Path, stages: Collection[int] = (), seed: int | None = None) -> Made:
    """Make the course, or bring it up to date and leave alone what the instructor changed.

    Raises CourseError, and ReleaseError where the course's manifest cannot be read.
    """
    solutions = solutions_home()
    if solutions is None:
        raise CourseError("the notebooks hold the solutions, and this edition has none: run it from a clone of misstep")
    wanted = sorted(set(stages) or _present(home) or set(stage_numbers()))
    unknown = set(wanted) - set(stage_numbers())
    if unknown:
        raise CourseError(f"there is no stage {min(unknown)}; there are {', '.join(map(str, stage_numbers()))}")
    home.mkdir(parents=True, exist_ok=True)
    _keep_seed(home, seed)
    points = find_points(home)
    levels = [stage(number) for number in wanted]
    plain = {CONFIG: _config(home)} | {f"source/{level.name}/{PAGES}": pages_html(level).encode() for level in levels}
    made = Made(update(home, plain, {"stages": wanted}))
    for level in levels:
        path = f"source/{level.name}/{level.name}.ipynb"
        made.notebooks[path] = _write_notebook(home / path, notebook(level, points, solutions))
    return made


def _present(home: Path) -> set[int]:
    """The stages that an earlier run made here."""
    return {number for number in stage_numbers() if (home / f"source/stage{number}/stage{number}.ipynb").is_file()}


def _write_notebook(path: Path, ours: dict[str, Any]) -> Merge:
    done = _merged(path, ours)
    text = json.dumps(done.notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_whole(path, text)
    return done


def _merged(path: Path, ours: dict[str, Any]) -> Merge:
    if not path.is_file():
        return Merge(stamped(ours), written=[cell["id"] for cell in ours["cells"]])
    try:
        return merge(json.loads(path.read_text(encoding="utf-8")), ours)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(f"{path} is no notebook that can be brought up to date: {error}") from error


def _config(home: Path) -> bytes:
    text = files("grader.frontends.notebooks").joinpath("nbgrader_config.in").read_text(encoding="utf-8")
    name = re.sub(r"[^\w-]+", "-", home.resolve().name) or "course"
    return text.replace("@COURSE@", json.dumps(name)).encode()


def _keep_seed(home: Path, seed: int | None) -> None:
    """The secret seed of the hidden tests: made once, kept ever after unless another one is asked for."""
    path = home / SEED
    if seed is None and path.is_file():
        read_seed(home)
        return
    write_whole(path, f"{secrets.randbits(62) if seed is None else seed}\n")
    os.chmod(path, 0o600)


def read_seed(home: Path) -> int | None:
    """The secret seed of the course in `home`; None where it has none. Raises CourseError for one that is no number."""
    path = home / SEED
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8").strip()
    if not text.isdigit():
        raise CourseError(f"{path} holds no seed: write a whole number into it")
    return int(text)


_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; color: #222; }
h2 { margin-top: 3rem; border-top: 1px solid #ccc; padding-top: 1rem; }
h2:target { background: #fff3c4; }
pre { background: #f5f5f3; padding: .8rem 1rem; overflow-x: auto; line-height: 1.4; }
code { font-size: .92em; }
details { margin: .4rem 0; }
details > details, details > div { margin-left: 1rem; }
"""


def pages_html(level: Stage) -> str:
    """The stage's MISTAKES.md as a page of its own, each mistake under the anchor that feedback links to."""
    import mistune

    text = (exercises_home() / level.name / "MISTAKES.md").read_text(encoding="utf-8")
    body = re.sub(r"<h2>Mistake (\d+)</h2>", r'<h2 id="mistake-\1">Mistake \1</h2>', str(mistune.html(text)))
    # Behind each title, before the page that says what it is.
    body = re.sub(r"<p><strong>(\d+\.\d+) · .+?</strong></p>", lambda title: title[0] + folded_hints(title[1]), body)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Stage {level.number}: '
        f"{level.title}</title>\n<style>{_STYLE}</style>\n{body}</html>\n"
    )
