"""The classes that grading is measured on: kept answers over the solutions, and no two students' files alike."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from grader.course.catalogue import stages
from grader.course.pages import solutions_home
from grader.course.stored_answers import StoredAnswer, stored_answers

# A hang costs its time limit whoever runs it, and would drown what is measured here.
SLOW = re.compile(rb"while True|sleep")
KINDS = ("right", "mixed", "all")


@dataclass(frozen=True)
class Handed:
    """One student: the answer that the submission shows, and the files of each stage by stem."""

    name: str
    answer: str
    files: dict[int, dict[str, bytes]]


def make_class(chosen: tuple[int, ...], kind: str, count: int) -> list[Handed]:
    """`count` students who hand in these stages. Each shows one answer in one of them.

    `right`: right answers alone; `mixed`: right answers and such with one documented mistake in turn; `all`: every
    kept answer. No two students' files are the same: their names stand in them.
    """
    answers = _turns([a for a in _quick() if a.stage.number in chosen], kind)
    return [_handed(f"student-{n:05}", a, chosen) for n, a in zip(range(count), itertools.cycle(answers), strict=False)]


def write_class(home: Path, handed: list[Handed]) -> Path:
    """The class as a batch."""
    for one in handed:
        for number, files in one.files.items():
            stage = home / one.name / f"stage{number}"
            stage.mkdir(parents=True)
            for stem, text in files.items():
                (stage / f"{stem}.py").write_bytes(text)
    return home


def _quick() -> list[StoredAnswer]:
    solutions = solutions_home()
    assert solutions is not None, "needs a clone"
    return [a for a in stored_answers(solutions) if not SLOW.search(a.files[a.stem])]


def _turns(answers: list[StoredAnswer], kind: str) -> list[StoredAnswer]:
    right = [a for a in answers if all(shown.kind == "right" for shown in a.shows.values())]
    mistaken = [a for a in answers if any(shown.must for shown in a.shows.values())]
    if kind == "mixed":
        half = max(len(right), len(mistaken))
        pairs = zip(itertools.cycle(right), itertools.cycle(mistaken), range(half), strict=False)
        return [answer for one, other, _ in pairs for answer in (one, other)]
    return right if kind == "right" else answers


def _handed(name: str, answer: StoredAnswer, chosen: tuple[int, ...]) -> Handed:
    home = answer.path.parents[3]
    files = {
        stage.number: {path.stem: path.read_bytes() for path in sorted((home / stage.name).glob("*.py"))}
        for stage in stages()
        if stage.number in chosen
    } | {answer.stage.number: answer.files}
    signed = {n: {stem: text + f"\n# {name}\n".encode() for stem, text in texts.items()} for n, texts in files.items()}
    return Handed(name, answer.name, signed)
