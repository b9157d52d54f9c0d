"""What the checks of a run ask: their random inputs, and the fixed plan of questions of each."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from grader.course.catalogue import Check, Exercise, stage
from grader.course.checks import Finding
from grader.grading.reference import Reference
from grader.isolation.packing import Packer
from grader.isolation.prefetch import Foreseen, Packed, Questions, holds_answers, questions_in_advance
from grader.student.faults import StudentFault


def seeded(seed: int, exercise: Exercise, check: Check) -> np.random.Generator:
    """The generator of a check's inputs: another one for every seed, stage and check."""
    return np.random.default_rng([seed, check_number(exercise, check)])


def check_number(exercise: Exercise, check: Check) -> int:
    """A number of the check's own, the same under every seed."""
    return zlib.crc32(f"stage{exercise.stage}/{check.key}".encode())


class Plans:
    """The questions of each check that every submission is asked in advance: those that the solution is asked.

    They do not depend on who was graded before. Where there are no solutions, no question is asked in advance.
    """

    def __init__(self, reference: Reference, seed: int) -> None:
        self._reference, self._seed = reference, seed
        self._questions: dict[tuple[int, str], Questions] = {}
        # By check, the raw answers to its questions in advance.
        self._told: dict[tuple[int, str], Sequence[bytes]] = {}
        self._foreseen: dict[tuple[int, str, tuple[str, ...]], Foreseen] = {}

    def prepare(self, stages: Iterable[int]) -> None:
        """Make the plans of these stages now, so that no submission's time is spent on it."""
        for number in stages:
            for exercise in stage(number).exercises:
                self.foreseen(exercise, exercise.checks)

    def of(self, exercise: Exercise, check: Check) -> Questions:
        """What to ask in advance; nothing where the solution itself does not pass."""
        key = (exercise.stage, check.key)
        if key not in self._questions:
            solution = self._reference.solution(exercise)
            found, told = self._asked_of(solution, exercise, check) if solution else ((), ())
            self._questions[key], self._told[key] = found, told
        return self._questions[key]

    def foreseen(self, exercise: Exercise, checks: Sequence[Check]) -> Foreseen:
        """What these checks ask in advance, in one message; nothing where that would give an answer away."""
        key = (exercise.stage, exercise.name, tuple(check.label for check in checks))
        if key not in self._foreseen:
            turns = [(check_number(exercise, check), self.of(exercise, check)) for check in checks]
            asked = [packed for _, questions in turns for packed in questions]
            told = [answer for check in checks for answer in self._told[exercise.stage, check.key]]
            self._foreseen[key] = Foreseen.of(() if holds_answers(asked, told) else turns)
        return self._foreseen[key]

    def _asked_of(
        self, solution: Callable[..., Any], exercise: Exercise, check: Check
    ) -> tuple[Questions, Sequence[bytes]]:
        """The questions in advance, and as many raw answers."""
        asked: list[Packed] = []
        told: list[bytes] = []

        def answer(*args: Any) -> Any:
            asked.append(Packed.of(args))
            value = solution(*args)
            packer = Packer()
            packer.pack(value)
            told.append(b"".join(packer.parts))
            return value

        arguments: dict[str, Any] = {"answer": answer, "rng": seeded(self._seed, exercise, check)}
        if check.id is None:
            arguments["expected"] = self._reference.expected(exercise, self._seed)
        try:
            with np.errstate(all="ignore"):
                check.run(**arguments)
        except (Finding, StudentFault):
            return (), ()
        found = questions_in_advance(asked, told)
        return found, told if found else ()
