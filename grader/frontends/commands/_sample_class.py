"""A sample class, made from the kept answers: what `misstep demo` grades."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.catalogue import Stage, stages
from grader.course.pages import exercises_home
from grader.course.stored_answers import StoredAnswer, stored_answers

STUDENTS = 24
RIGHT, UNTOUCHED = 3, 2
MARKER = ".misstep-demo"


class DemoError(RuntimeError):
    """The sample class cannot be made."""


def make_class(home: Path, solutions: Path) -> list[Path]:
    """Write a class of 24 under `home`: a few right, a few not begun, the others with one to three answers of theirs.

    The same class every time. Raises DemoError where `home` holds something that no earlier demo wrote.
    """
    if home.exists() and not (home / MARKER).is_file():
        raise DemoError(f"{home} exists and was not made by a demo; give another directory")
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True)
    (home / MARKER).write_text("Made by `misstep demo`, which makes it anew each time.\n", encoding="utf-8")
    return [_write(home / f"student-{n:02}", files) for n, files in enumerate(_students(solutions), start=1)]


Files = dict[str, bytes]


def _students(solutions: Path) -> Iterator[Files]:
    draw = random.Random(2026)
    answers = [answer for answer in stored_answers(solutions) if _is_documented(answer)]
    kinds = ["right"] * RIGHT + ["untouched"] * UNTOUCHED
    kinds += ["mistaken"] * (STUDENTS - len(kinds))
    draw.shuffle(kinds)
    for kind in kinds:
        home = exercises_home() if kind == "untouched" else solutions
        files = {f"{stage.name}/{stem}.py": _read(home, stage, stem) for stage in stages() for stem in stage.stems}
        if kind == "mistaken":
            files |= _mistakes(draw.sample(answers, draw.randint(1, 3)))
        yield files


def _mistakes(answers: Sequence[StoredAnswer]) -> Files:
    return {f"{answer.stage.name}/{answer.stem}.py": answer.files[answer.stem] for answer in answers}


def _is_documented(answer: StoredAnswer) -> bool:
    return all(shown.must for shown in answer.shows.values())


def _read(home: Path, stage: Stage, stem: str) -> bytes:
    return (home / stage.name / f"{stem}.py").read_bytes()


def _write(home: Path, files: Files) -> Path:
    for name, content in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return home
