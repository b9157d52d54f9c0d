"""A milestone with somebody else's functions: they run behind the wall, and the model outside of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.frontends.milestones.team import Files
from grader.grading.intake import Submission
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox
from grader.isolation.session import Session


class Walled(Files):
    """The files of a submission in a sandbox; to be closed, or used in a with-statement.

    While a function waits for what it was given to call, another may be called: each depth has a child of its own.
    """

    def __init__(self, submission: Submission, sandbox: Sandbox, seconds: float) -> None:
        self._sandbox = sandbox
        self._limits = Limits(processor_seconds=int(seconds) + 1)
        self._sessions: list[Session] = []
        self._depth = 0
        players = {number: _Stage(self, number) for number in submission.sources}
        super().__init__(submission.sources, players=players)

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
        for session in self._sessions:
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
