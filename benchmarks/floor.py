"""The least that grading a class can cost: a fork, the student's files, and the calls of the student's functions.

    python benchmarks/floor.py STAGES KIND COUNT        # 3,5,6 mixed 100

The calls are recorded from a real run behind the wall, one for each answer, and made again by `floor_process.py`:
there each submission is a fork of a process with numpy and the recorded arguments, which compiles the files, makes
the calls and is gone. Nothing is checked, sent or kept.
"""

from __future__ import annotations

import itertools
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from floor_process import Replayed
from submissions import Handed, make_class

from grader.course.points import Points
from grader.grading.examine import Settings
from grader.grading.grade import grade
from grader.grading.intake import Submission
from grader.grading.reference import find_reference
from grader.isolation.packing import Unpacker
from grader.isolation.prefetch import Asked, Packed
from grader.isolation.sandbox import open_sandbox
from grader.isolation.session import Session
from grader.isolation.startup import _ENVIRONMENT
from grader.student.loader import Source

SEED = 7
# Stage, file, function, number of the arguments in the list of all.
Call = tuple[str, str, str, int]


class Recorder:
    """The calls that real runs make, by answer; equal questions are held once."""

    def __init__(self) -> None:
        self.calls: dict[str, list[Call]] = {}
        self.arguments: list[list[Any]] = []
        self._known: dict[int, tuple[Packed, int]] = {}
        self._packed: dict[int, tuple[Asked, list[Packed]]] = {}

    def record(self, handed: list[Handed]) -> None:
        """Grade one submission of each answer, and note what its functions are called with."""
        settings = Settings(SEED, Points(), find_reference(), 0.0)
        with self._noting_messages(), open_sandbox("full") as sandbox:
            for one in {one.answer: one for one in handed}.values():
                sources = {n: {s: Source(f"{s}.py", (t,)) for s, t in files.items()} for n, files in one.files.items()}
                with self._noting(one.answer):
                    grade(Submission(one.name, Path(), sources), sandbox, settings)

    @contextmanager
    def _noting(self, answer: str) -> Iterator[None]:
        calls = self.calls[answer] = []
        ask = Session._ask

        def noting(session: Any, function: Mapping[str, Any], asked: Asked, *rest: Any, **named: Any) -> Any:
            where = (function["stage"], function["stem"], function["name"])
            calls.extend((*where, self._number(packed)) for packed in self._packed[id(asked)][1])
            return ask(session, function, asked, *rest, **named)

        Session._ask = noting  # type: ignore[method-assign]
        try:
            yield
        finally:
            Session._ask = ask  # type: ignore[method-assign]

    @contextmanager
    def _noting_messages(self) -> Iterator[None]:
        """A message holds bytes; what it was made of is kept beside it."""
        of = Asked.of

        def noting(turns: Any) -> Asked:
            made = of(turns)
            self._packed[id(made)] = made, [packed for _, asked in turns for packed in asked]
            return made

        Asked.of = noting  # type: ignore[method-assign,assignment]
        try:
            yield
        finally:
            Asked.of = of  # type: ignore[method-assign]

    def _number(self, packed: Packed) -> int:
        if id(packed) not in self._known:
            # They belong to a check, and are called while it goes on.
            packed.callables[:] = map(Replayed, packed.callables)
            tree = json.loads(json.dumps(packed.tree))
            self.arguments.append(Unpacker(b"".join(packed.parts), packed.callables.__getitem__).whole(tree))
            self._known[id(packed)] = packed, len(self.arguments) - 1
        return self._known[id(packed)][1]


class Floor:
    """The floor of one class: recorded once, measured as often as is asked."""

    def __init__(self, handed: list[Handed]) -> None:
        recorder = Recorder()
        recorder.record(handed)
        submissions = [(one.answer, {str(n): files for n, files in one.files.items()}) for one in handed]
        self._recorded = pickle.dumps((submissions, recorder.calls, recorder.arguments))
        self.calls = sum(len(recorder.calls[one.answer]) for one in handed) / len(handed)

    def measure(self) -> dict[str, float]:
        """Milliseconds of processor time for each submission: of a fork that does nothing, of loading, of the calls."""
        # As for the children behind the wall: one thread, and memory of arrays kept for the next one.
        command = [sys.executable, str(Path(__file__).with_name("floor_process.py"))]
        done = subprocess.run(
            command, input=self._recorded, check=True, stdout=subprocess.PIPE, env={**os.environ, **_ENVIRONMENT}
        )
        return dict(json.loads(done.stdout))


def main() -> None:
    """Record, then measure three times."""
    stages, kind, count = sys.argv[1:]
    floor = Floor(make_class(tuple(map(int, stages.split(","))), kind, int(count)))
    for _ in itertools.repeat(None, 3):
        print(f"{floor.calls:.0f} calls:", {part: round(ms, 2) for part, ms in floor.measure().items()})


if __name__ == "__main__":
    main()
