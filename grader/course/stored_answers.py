"""The answers kept beside the solutions: one file is one student's answer, and says itself what it shows.

The first lines are `# shows: EXERCISE WHAT`, with a comma between two exercises of one file. WHAT is `right`,
`wrong`, `error`, `degenerate`, or the mistakes by id; `5.1|wrong` leaves the choice. An answer is laid over
the solution of its file, so that it need define only what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.course.catalogue import Stage, stages
from grader.course.errors import CourseError
from grader.student.loader import Source

KINDS = frozenset({"right", "wrong", "error", "degenerate"})
_HEADER = re.compile(r"^# shows:(.*)$", re.MULTILINE)


class AnswerError(CourseError):
    """An answer file that does not say what it shows; the message names the file."""


@dataclass(frozen=True)
class Shown:
    """What an answer shows in one exercise: for every word that it says, the ways in which it may turn out."""

    words: tuple[frozenset[str], ...]

    @property
    def kind(self) -> str:
        """`right`, `degenerate`, or else `mistaken`."""
        only = next(iter(self.words[0]), "")
        return only if self.words[0] <= {"right", "degenerate"} and len(self.words[0]) == 1 else "mistaken"

    @property
    def must(self) -> frozenset[str]:
        """The mistakes that have to be named."""
        return frozenset(word for choice in self.words if len(choice) == 1 for word in choice) - KINDS

    @property
    def may(self) -> frozenset[str]:
        """The mistakes that may be named, those that have to be included."""
        return frozenset(word for choice in self.words for word in choice) - KINDS

    @property
    def general(self) -> frozenset[str]:
        """What the general check may come to where no mistake is named; nothing where one has to be."""
        return frozenset() if self.must else frozenset(w for c in self.words for w in c) & {"wrong", "error"}


@dataclass(frozen=True)
class StoredAnswer:
    """One answer file: `path`, and what it shows by exercise. Exercises not named in it are right."""

    stage: Stage
    path: Path
    shows: Mapping[str, Shown]

    @property
    def stem(self) -> str:
        """The exercise file that it answers."""
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.stage.name}/{self.stem}/{self.path.stem}"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The stage's files by stem: the solutions, and this answer after the one that it is about."""
        home = self.path.parents[2]
        texts = {path.stem: path.read_bytes() for path in sorted(home.glob("*.py"))}
        texts[self.stem] = texts[self.stem].rstrip() + b"\n\n\n" + self.path.read_bytes()
        return texts

    @property
    def sources(self) -> dict[str, Source]:
        """`files`, as they are loaded."""
        return {stem: Source(f"{stem}.py", (text,)) for stem, text in self.files.items()}


def stored_answers(home: Path, *wanted: Stage) -> list[StoredAnswer]:
    """The answers under a folder of solutions, of all stages or those wanted, in order.

    Raises AnswerError for one that cannot be used.
    """
    return [
        read_answer(path, stage)
        for stage in wanted or stages()
        for path in sorted((home / stage.name / "answers").glob("*/*.py"))
    ]


def read_answer(path: Path, stage: Stage) -> StoredAnswer:
    """One answer. Raises AnswerError where its header says nothing, or something that its stage does not have."""
    text = path.read_text(encoding="utf-8")
    headers = list(_HEADER.finditer(text))
    if not headers:
        raise AnswerError(f"{path}:1: no line `# shows: EXERCISE WHAT`")
    parts = [
        (f"{path}:{text.count(chr(10), 0, header.start()) + 1}", part.split())
        for header in headers
        for part in header.group(1).split(",")
    ]
    return StoredAnswer(stage, path, dict(_shown(path, place, stage, words) for place, words in parts))


def _shown(path: Path, place: str, stage: Stage, words: list[str]) -> tuple[str, Shown]:
    if len(words) < 2:
        raise AnswerError(f"{place}: `# shows: {' '.join(words)}` needs an exercise and what is shown in it")
    exercise = next((e for e in stage.exercises if (e.name, e.stem) == (words[0], path.parent.name)), None)
    if exercise is None:
        raise AnswerError(f"{place}: {path.parent.name}.py of {stage.name} has no exercise {words[0]}")
    known = KINDS | {check.id for check in exercise.checks if check.id}
    choices = tuple(frozenset(word.split("|")) for word in words[1:])
    for word in sorted(frozenset().union(*choices) - known):
        raise AnswerError(f"{place}: {words[0]} can show {', '.join(sorted(known))}, and not {word!r}")
    return exercise.name, Shown(choices)
