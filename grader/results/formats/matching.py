"""Which submission belongs to whom: exactly, or to nobody.

A submission is matched by `repository`, else by the student's user name, id, e-mail address or name: its name must be
that as a whole, after the assignment's prefix is taken away that all submissions of the batch begin with
(`attention-mary`, `attention-tom`). A name that only ends like somebody's is not theirs. What learning management
systems append to a name (`_657737`, `_71`) is known. Several rows with one repository are a group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from os.path import commonprefix

from grader.results.formats.roster import Entry, Student, plain
from grader.results.records import SubmissionResult

_NUMBERED = re.compile(r"(?P<name>.+)_(?P<number>\d+)(?:_assignsubmission_file_?)?", re.DOTALL)


def match(
    results: Sequence[SubmissionResult],
    roster: Iterable[Student],
    prefix: str | None = None,
    without: Collection[Student] = (),
) -> list[Entry]:
    """Every submission and every student: matched pairs, then submissions, then students alone.

    `prefix` is that of all submissions, where it is known; `without` are students whom nothing may be given to. Where
    two submissions fit one student, or two students one submission, none of them is guessed.
    """
    students = list(roster)
    names = [plain(result.submission) for result in results]
    found = _found(names, students, _prefix(names, students, prefix))
    times = Counter(index for owners in found for index in owners)
    good = [[i for i in owners if times[i] == 1 and students[i] not in without] for owners in found]
    good = [owners if len(owners) == len(all_of) else [] for owners, all_of in zip(good, found, strict=True)]
    matched = [Entry(r, students[index]) for r, owners in zip(results, good, strict=True) for index in owners]
    nobodys = [Entry(r) for r, owners in zip(results, good, strict=True) if not owners]
    taken = {index for owners in good for index in owners}
    return matched + nobodys + [Entry(None, s) for index, s in enumerate(students) if index not in taken]


def report(entries: Iterable[Entry]) -> list[str]:
    """A sentence for everybody who is in one of the two lists only."""
    lines = []
    for entry in entries:
        if entry.result and not entry.student:
            lines.append(f"submission {entry.title!r} belongs to no one student of the roster")
        if entry.student and not entry.result:
            lines.append(f"student {entry.title!r} of the roster has no submission, or more than one")
    return lines


def summarised(entries: Sequence[Entry]) -> str:
    """All of that in one sentence; "" where everybody is in both lists."""
    alone = [entry for entry in entries if entry.result and not entry.student]
    missing = sum(entry.result is None for entry in entries)
    parts = [f"{_many(len(alone), 'submission')} of nobody on the roster"] if alone else []
    parts += [f"{_many(missing, 'student')} of the roster without a submission"] if missing else []
    hint = _hint([plain(entry.result.submission) for entry in entries if entry.result]) if alone else ""
    return "; ".join(parts) + hint


def _hint(names: Sequence[str]) -> str:
    """What to say where most names begin alike, and not all."""
    starts = Counter(start for name in set(names) for start in _starts(name))
    often = [start for start, count in starts.items() if len(set(names)) > count > len(set(names)) / 2]
    if not often and len(set(names)) == 1:
        often = _starts(names[0])[:1]
    return f" (if {max(often, key=len)!r} is the assignment: --prefix {max(often, key=len)})" if often else ""


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _prefix(names: Sequence[str], students: Sequence[Student], given: str | None) -> str:
    """The one prefix under which anybody is known; "" where there is none, or where two would each fit somebody."""
    if given is not None:
        return plain(given)
    if len(set(names)) < 2:
        return ""
    shared = commonprefix(list(names))  # noqa: RUF071 - these are names and no paths
    fits = [start for start in ("", *_starts(shared)) if any(_found(names, students, start, repositories=False))]
    return fits[0] if len(fits) == 1 else ""


def _starts(name: str) -> list[str]:
    return [name[: place + 1] for place, character in enumerate(name) if character == "-"]


def _found(
    names: Sequence[str], students: Sequence[Student], prefix: str, repositories: bool = True
) -> list[Sequence[int]]:
    """For every name the students whom it fits: one, or a group."""
    by_repository = _index(students, lambda student: [student.repository_name])
    by_handle = _index(students, lambda student: student.handles)
    found: list[Sequence[int]] = []
    for name in names:
        group = by_repository.get(name, []) if repositories and name else []
        bare = name.removeprefix(prefix)
        fits = by_handle.get(bare, []) or _numbered(bare, students, by_handle)
        found.append(group or (fits if len(fits) == 1 else []))
    return found


def _index(students: Sequence[Student], keys: Callable[[Student], Iterable[str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for place, student in enumerate(students):
        for key in keys(student):
            if key:
                index.setdefault(key, []).append(place)
    return index


def _numbered(name: str, students: Sequence[Student], by_handle: Mapping[str, list[int]]) -> list[int]:
    """Who is meant by `smithjane_71` (name and id in Canvas) or `jane smith_657737` (the name, and any number)."""
    parts = _NUMBERED.fullmatch(name)
    if parts is None:
        return []
    canvas = [i for i, student in enumerate(students) if student.canvas_id == parts["number"]]
    exact = [i for i in canvas if re.sub(r"\W", "", plain(students[i].name)) == parts["name"].removesuffix("_late")]
    named = [i for i in by_handle.get(parts["name"], []) if parts["name"] in map(plain, students[i].names)]
    return exact or named
