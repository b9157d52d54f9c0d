"""What the report says, gathered from results and verdicts: numbers and texts, no markup."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from grader.course.catalogue import find_page
from grader.results.escape import one_line, visible
from grader.results.milestones import Reached
from grader.results.records import SubmissionResult
from grader.results.slips import Slip, slips
from grader.results.verdict import UNUSABLE_TITLE, Verdict

# One letter per check and student keeps the file of a large class small.
CODES = {"passed": "p", "mistake": "m", "wrong": "w", "error": "e", "timeout": "o", "blocked": "b", "todo": "t"}
NOT_ASKED = "-"
BINS = 10


@dataclass(frozen=True)
class Column:
    """One check of the class: a column of the map."""

    stage: int
    exercise: str
    label: str
    points: float
    title: str


@dataclass(frozen=True)
class Student:
    """One submission, by its place in the class: `marks` holds a letter of CODES per column."""

    number: int
    name: str
    score: float
    most: float
    marks: str
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    group: str = ""
    reached: Mapping[int, Reached] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The score as a share of what can be had, from 0 to 1 (and above, with a bonus)."""
        return self.score / self.most if self.most else 0.0


@dataclass(frozen=True)
class Bar:
    """A count out of a whole, with the columns that it counts."""

    label: str
    title: str
    count: int
    whole: int
    columns: tuple[int, ...]

    @property
    def share(self) -> float:
        return self.count / self.whole if self.whole else 0.0


@dataclass(frozen=True)
class ClassContent:
    """A class: its checks as columns, its students as rows, and its undocumented slips, whose students are numbers."""

    columns: tuple[Column, ...]
    students: tuple[Student, ...]
    slips: tuple[Slip, ...]
    unwalled: int = 0

    @cached_property
    def shares(self) -> list[float]:
        return [student.share for student in self.students]

    @property
    def mean(self) -> float:
        return statistics.fmean(self.shares) if self.students else 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.shares) if self.students else 0.0

    @property
    def groups(self) -> list[str]:
        """The groups or sections that are known, by name."""
        return sorted({student.group for student in self.students if student.group})

    @property
    def milestones(self) -> list[tuple[int, str]]:
        """The milestones that were run, with what is measured in each and what the reference has."""
        found = {number: one for student in self.students for number, one in student.reached.items() if one.reference}
        return [(number, f"{one.what}; the reference has {one.reference:.2f}") for number, one in sorted(found.items())]

    @property
    def stages(self) -> list[int]:
        return sorted({column.stage for column in self.columns})

    def histogram(self) -> list[int]:
        """How many scores lie in each tenth; the last one holds all from 90 % on."""
        counts = [0] * BINS
        for share in self.shares:
            # Rounding first: 0.7 of the points is in the tenth that begins at 70 %, whatever a float makes of it.
            counts[min(BINS - 1, max(0, int(round(share * BINS, 9))))] += 1
        return counts

    def mistakes(self) -> list[Bar]:
        """Students per documented mistake, the most frequent first; a student counts once for each."""
        bars = [self._mistake(label, columns) for label, columns in self._by_label().items() if label != "general"]
        return sorted((bar for bar in bars if bar.count), key=lambda bar: (-bar.count, _order(bar.label)))

    def exercises(self) -> list[Bar]:
        """Students per exercise who passed all of its checks, in the order of the task sheets."""
        places: dict[tuple[int, str], list[int]] = {}
        for number, column in enumerate(self.columns):
            places.setdefault((column.stage, column.exercise), []).append(number)
        return [self._exercise(stage, name, tuple(found)) for (stage, name), found in places.items()]

    def _by_label(self) -> dict[str, tuple[int, ...]]:
        labels = dict.fromkeys(column.label for column in self.columns)
        return {label: tuple(n for n, c in enumerate(self.columns) if c.label == label) for label in labels}

    def _mistake(self, label: str, columns: tuple[int, ...]) -> Bar:
        asked = [s for s in self.students if any(s.marks[n] != NOT_ASKED for n in columns)]
        count = sum(any(s.marks[n] == CODES["mistake"] for n in columns) for s in asked)
        return Bar(label, self.columns[columns[0]].title, count, len(asked), columns)

    def _exercise(self, stage: int, name: str, columns: tuple[int, ...]) -> Bar:
        asked = [s for s in self.students if any(s.marks[n] != NOT_ASKED for n in columns)]
        count = sum(all(s.marks[n] in (CODES["passed"], NOT_ASKED) for n in columns) for s in asked)
        return Bar(name, f"stage {stage}", count, len(asked), columns)


Key = tuple[int, str, str]


def class_content(
    results: Sequence[SubmissionResult],
    details: Mapping[str, Sequence[Verdict]],
    groups: Mapping[str, str] = MappingProxyType({}),
    reached: Mapping[str, Mapping[int, Reached]] = MappingProxyType({}),
) -> ClassContent:
    """The class of these results; `details` hold the same verdicts in full, `groups` whose group or section is
    known, and `reached` what their models came to in milestones, all by the submission's name.
    """
    columns = _columns(result.checks for result in results)
    keys = [(column.stage, column.exercise, column.label) for column in columns]
    students = tuple(
        _student(number, result, keys, tuple(_in_full(result, details))) for number, result in enumerate(results)
    )
    students = tuple(
        replace(student, group=visible(groups.get(result.submission, "")), reached=reached.get(result.submission, {}))
        for student, result in zip(students, results, strict=True)
    )
    unwalled = sum(not result.isolation.get("complete") for result in results)
    # By number and not by name: two names may look the same.
    found = slips((str(student.number), student.verdicts) for student in students)
    return ClassContent(columns, students, tuple(found), unwalled)


def _in_full(result: SubmissionResult, details: Mapping[str, Sequence[Verdict]]) -> Iterator[Verdict]:
    """The verdicts with question, line and frames where the store has them; points are those of the results."""
    stored = {_key(verdict): verdict for verdict in details.get(result.submission, ())}
    for check in result.checks:
        known = stored.get(_key(check))
        yield known if known is not None and known.status == check.status else check


def _columns(all_checks: Iterable[Sequence[Verdict]]) -> tuple[Column, ...]:
    """Every check that anybody was asked, by stage, otherwise in the order of the results."""
    found: dict[Key, float] = {}
    for checks in all_checks:
        for check in checks:
            found.setdefault(_key(check), check.max_points)
    keys = sorted(found, key=lambda key: key[0])
    return tuple(Column(*key, found[key], _title(key[2])) for key in _grouped(keys))


def _grouped(keys: Sequence[Key]) -> list[Key]:
    """The keys with those of one exercise side by side."""
    first = {exercise: place for place, exercise in enumerate(dict.fromkeys(key[:2] for key in keys))}
    return sorted(keys, key=lambda key: first[key[:2]])


def _title(label: str) -> str:
    if label == "general":
        return "the result is right"
    page = find_page(label)
    return page.title if page else ""


def _student(number: int, result: SubmissionResult, keys: Sequence[Key], verdicts: tuple[Verdict, ...]) -> Student:
    statuses = {_key(check): check.status for check in result.checks}
    marks = "".join(CODES[statuses[key]] if key in statuses else NOT_ASKED for key in keys)
    late = (result.late.text,) if result.late else ()
    notes = (*late, *(one_line(note, 300) for note in result.notes))
    problems = tuple(dict.fromkeys(_problems(verdicts)))
    name = visible(result.submission)
    return Student(number, name, result.score, result.max_score, marks, notes, problems, verdicts)


def _problems(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """What kept code from being judged at all: it could not be run, or did not answer in time."""
    for verdict in verdicts:
        if verdict.status == "timeout" or (verdict.status == "error" and verdict.title == UNUSABLE_TITLE):
            yield f"stage {verdict.stage}, {verdict.exercise}: {one_line(verdict.message, 300)}"


def _key(verdict: Verdict) -> Key:
    return verdict.stage, verdict.exercise, verdict.label


def _order(label: str) -> tuple[int, ...]:
    return tuple(int(part) for part in label.split(".") if part.isdigit())
