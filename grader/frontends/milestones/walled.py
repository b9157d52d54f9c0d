"""A milestone with somebody else's functions: they run behind the wall, and the model outside of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.frontends.milestones.roster import Files, Functions
from grader.grading.examine import Settings
from grader.grading.intake import Submission
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox
from grader.isolation.session import Session, SessionFunctions


class Walled(Files):
    """The files of a submission in a sandbox; to be closed, or used in a with-statement.

    While a function waits for what it was given to call, another may be called: each depth has a child of its own.
    """

    def __init__(
        self, submission: Submission, sandbox: Sandbox, seconds: float, settings: Settings | None = None
    ) -> None:
        super().__init__(submission.sources, settings=settings)
        self._sandbox = sandbox
        self._limits = Limits(processor_seconds=int(seconds) + 1)
        self._sessions: list[Session] = []
        self._depth = 0
        self._checked: Session | None = None

    @property
    def players(self) -> Mapping[int, Functions]:
        """By stage."""
        return {number: _Stage(self, number) for number in self.sources}

    def functions(self, number: int) -> SessionFunctions:
        """A stage's functions as checks ask them, in a child of their own."""
        self._checked = self._checked or self._sandbox.open_session(self.sources, Limits())
        return self._checked.functions(number)

    def call(self, number: int, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """Call a function in the child of this depth. Raises a StudentFault for what goes wrong."""
        if self._depth == len(self._sessions):
            self._sessions.append(self._sandbox.open_session(self.sources, self._limits))
        session = self._sessions[self._depth]
        self._depth += 1
        try:
            return session.functions(number).call(stem, name, args, deadline)
        finally:
            self._depth -= 1

    def close(self) -> None:
        """End all children."""
        for session in filter(None, (*self._sessions, self._checked)):
            session.close()

    def __enter__(self) -> Walled:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Stage:
    """One stage's functions."""

    def __init__(self, walled: Walled, number: int) -> None:
        self._walled, self._number = walled, number

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """See `team.Functions`."""
        return self._walled.call(self._number, stem, name, args, deadline)
