"""What is noted about a submission beside how it arrived: the libraries that it imports and does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath

from grader.course.numbers import listed
from grader.student.imports import foreign
from grader.student.source import Source


def import_notes(sources: Mapping[str, Source], allowed: Collection[str]) -> Iterator[tuple[Source, str, int]]:
    """A note, with its line, for each file that imports a library which will be a stand-in when it is graded."""
    for source in {id(source): source for source in sources.values()}.values():
        found = list(foreign(source, sources, allowed))
        if found:
            libraries = listed([name for name, _ in found])
            place = f"{'code cell' if source.forgiving else 'line'} {found[0][1]}"
            yield (
                source,
                f"{PurePath(source.file).name} ({place}) imports {libraries}: {_stands_in(len(found))}",
                found[0][1],
            )


def _stands_in(count: int) -> str:
    if count == 1:
        return "it is not there when work is graded, and no result may need it"
    return "they are not there when work is graded, and no result may need them"
