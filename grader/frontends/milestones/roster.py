"""Where a student's functions are found that a milestone calls, and the checks that they do not pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from grader.course.catalogue import Exercise
from grader.frontends.milestones.failing import failing
from grader.grading import examine
from grader.results.verdict import Verdict
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules
from grader.student.source import Source


class Functions(Protocol):
    """A stage's functions, wherever they run."""

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """What a function returns, as plain data. Raises a StudentFault."""


class Files:
    """The files of a submission whose functions are called in this process; checked where there are `settings`."""

    def __init__(
        self,
        sources: Mapping[int, Mapping[str, Source]],
        allowed: Sequence[str] = (),
        settings: examine.Settings | None = None,
    ) -> None:
        self.sources, self._settings = sources, settings
        self._players = {n: InProcessFunctions(StageModules(found, allowed)) for n, found in sources.items()}

    @property
    def players(self) -> Mapping[int, Functions]:
        """By stage."""
        return self._players

    def problem(self, exercise: Exercise) -> str | None:
        """What there is to say where the file of a function is not there; None where it is."""
        source = self.sources.get(exercise.stage, {}).get(exercise.stem)
        if source is None:
            return ""
        missing = not source.chunks and source.problem.startswith(f"{exercise.stem}.py is missing")
        # What is said of it may name a file that looks like it.
        return source.problem if missing else None

    def failing(self, exercises: Sequence[Exercise]) -> Sequence[Verdict] | None:
        """See `Roster`."""
        return failing(exercises, self.functions, self._settings) if self._settings else None

    def functions(self, number: int) -> examine.Functions:
        """A stage's functions as checks ask them."""
        return self._players[number]


class Roster(Protocol):
    """Where a student's functions are found: their players by stage, and what to say of one that is not there."""

    @property
    def players(self) -> Mapping[int, Functions]: ...

    def problem(self, exercise: Exercise) -> str | None: ...

    def failing(self, exercises: Sequence[Exercise]) -> Sequence[Verdict] | None:
        """The checks of these exercises that do not pass; None where nobody asks."""
