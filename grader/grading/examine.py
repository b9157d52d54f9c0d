"""The one place where checks meet a submission: an exercise and a student's functions become verdicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from types import TracebackType
from typing import Any, Protocol

import numpy as np

from grader.course.catalogue import Check, Exercise
from grader.course.checks import Finding, MistakeSeen
from grader.course.points import Points
from grader.grading.asking import Asked
from grader.grading.error_text import fault_text
from grader.grading.outcome import Outcome, resolve, verdict_of
from grader.grading.questions import Plans, check_number, seeded
from grader.grading.reference import NEIGHBOURS, Reference, Right
from grader.grading.watch import NOT_IN_TIME, Watch
from grader.isolation.prefetch import Foreseen, Plan
from grader.results.verdict import Verdict
from grader.student.faults import Frame, OutOfTime, StudentFault, TimedOut, Unusable

MOST_KNOWN = 10_000
NO_MEMORY = "checking what your code returned or passed on takes more memory than there is for it"
LINE_SECONDS = 2.0


class Functions(Protocol):
    """A student's functions of one stage, in process or behind the wall."""

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        """The result as plain data. Raises a StudentFault, TimedOut after `deadline` (monotonic seconds)."""

    def foresee(self, foreseen: Callable[[], Foreseen], stem: str, name: str, deadline: float) -> bytes | None:
        """All checks of this function are about to begin, and to ask this where the function is right.

        A digest of all that the function will answer, where that is known beforehand.
        """

    def begin(self, chance: int, plan: Plan, stem: str, name: str, deadline: float) -> bytes | None:
        """A check is about to call this function, and to ask what is planned where the function is right.

        A digest of all that the function will answer, where that is known beforehand. `chance` is where code that
        draws without a seed starts from.
        """

    def end(self) -> bool:
        """The check is over. Whether what `begin` returned stands for all of the answers that it had."""

    def where(self, stem: str, name: str) -> Frame | None:
        """The line that defines the function, if it is found."""


# By check, or all checks of an exercise, and a digest of the answers.
Known = dict[tuple[str, bytes], Sequence[Outcome]]


@dataclass(frozen=True)
class Settings:
    """What a run has decided: the seed of all inputs, the points table, and where right answers come from.

    `line_seconds` is how long each submission's own code is searched for one change that makes a wrong result right;
    0 turns that off. `known` is what checks came to so far, by all of the answers that they had. `plans` are the
    questions that every submission is asked in advance, `watch` is told how far grading is.
    """

    seed: int
    points: Points
    reference: Reference
    line_seconds: float = LINE_SECONDS
    known: Known = field(default_factory=dict, compare=False, repr=False)
    watch: Watch = field(default_factory=Watch, compare=False, repr=False)

    @cached_property
    def others(self) -> tuple[Settings, ...]:
        """The same for two other seeds: what is said of a line must hold there too."""
        return tuple(replace(self, seed=self.seed + more, known={}) for more in range(1, 1 + NEIGHBOURS))

    @cached_property
    def plans(self) -> Plans:
        return Plans(self.reference, self.seed)


def examine(
    exercise: Exercise, functions: Functions, settings: Settings, deadline: float
) -> list[tuple[Verdict, BaseException | None]]:
    """The verdict of every planned check of the exercise, each with the exception that led to it, if any."""
    outcomes = _outcomes(exercise, functions, settings, deadline)
    resolve(outcomes)
    where = functions.where(exercise.stem, exercise.name)
    return [(verdict_of(exercise, outcome, settings.points, where), outcome.cause) for outcome in outcomes]


def _outcomes(exercise: Exercise, functions: Functions, settings: Settings, deadline: float) -> list[Outcome]:
    """What the planned checks came to, each by itself."""
    checks = [check for check in exercise.checks if settings.points.planned(exercise, check)]
    foreseen = partial(settings.plans.foreseen, exercise, checks)
    digest = functions.foresee(foreseen, exercise.stem, exercise.name, deadline)
    key = f"stage{exercise.stage}/{' '.join(check.key for check in checks)}"
    known = _recalled(settings.known, key, digest)
    if known:
        return known
    outcomes: list[Outcome] = []
    late: Outcome | None = None
    settled = True
    for check in checks:
        if late is not None:
            outcomes.append(replace(late, check=check))
            continue
        outcome, holds = _run(exercise, check, functions, settings, deadline)
        late = outcome if outcome.status == "timeout" else None
        settled = settled and holds
        outcomes.append(outcome)
    if settled:
        _remember(settings.known, key, digest, outcomes)
    return outcomes


def first_failure(exercise: Exercise, functions: Functions, settings: Settings, deadline: float) -> Check | None:
    """The first check that does not pass, the general one first; None where all pass."""
    for check in reversed(exercise.checks):
        if _run(exercise, check, functions, settings, deadline)[0].status != "passed":
            return check
    return None


def _run(
    exercise: Exercise, check: Check, functions: Functions, settings: Settings, deadline: float
) -> tuple[Outcome, bool]:
    """What a check came to, and whether the answers to its questions in advance are all that this depends on."""
    key = f"stage{exercise.stage}/{check.key}"  # nothing but the questions may tell a submission anything of the seed
    chance, plan = check_number(exercise, check), partial(settings.plans.of, exercise, check)
    digest = functions.begin(chance, plan, exercise.stem, exercise.name, deadline)
    known = _recalled(settings.known, key, digest)
    if known:
        return known[0], True
    arguments: dict[str, Any] = {"answer": Asked(exercise, functions, deadline)}
    arguments["rng"] = seeded(settings.seed, exercise, check)
    if check.id is None:
        arguments["expected"] = settings.reference.expected(exercise, settings.seed)
    outcome = _outcome(exercise, check, arguments)
    holds = functions.end() and digest is not None and outcome.status != "timeout"
    if holds:
        _remember(settings.known, key, digest, [outcome])
    return outcome, holds


def _recalled(known: Known, key: str, digest: bytes | None) -> list[Outcome]:
    """What the same answers came to before; empty where nobody gave them."""
    return [replace(outcome) for outcome in known.get((key, digest), ())] if digest is not None else []


def _remember(known: Known, key: str, digest: bytes | None, outcomes: Sequence[Outcome]) -> None:
    """Keep what checks came to: for the same answers they come to the same, whoever gives them."""
    if digest is None:
        return
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[key, digest] = [replace(outcome, cause=None) for outcome in outcomes]


def _outcome(exercise: Exercise, check: Check, arguments: dict[str, Any]) -> Outcome:
    answer: Asked = arguments["answer"]
    try:
        # Whatever a student returns: overflow while looking at it is no news.
        with np.errstate(all="ignore"), answer.alarm():
            _judge(check, arguments)
    except Finding as finding:
        explains = finding.explains if isinstance(finding, MistakeSeen) else None
        finding.returned = _returned(finding, answer)
        return Outcome(check, finding.status, str(finding), explains=explains, cause=finding, numbers=finding.numbers)
    except StudentFault as fault:
        return Outcome(check, fault.status, fault_text(exercise, fault, answer), fault=fault, cause=fault)
    except (OutOfTime, MemoryError) as stop:
        end = TimedOut(NOT_IN_TIME) if isinstance(stop, OutOfTime) else Unusable(NO_MEMORY)
        return Outcome(check, end.status, end.text, fault=end, cause=end)
    return Outcome(check)


def _judge(check: Check, arguments: dict[str, Any]) -> None:
    """Run a check; a general one is over when all of its cases are compared.

    A case that differed comes before whatever was found after it.
    """
    expected: Right | None = arguments.get("expected")
    try:
        check.run(**arguments)
    except (Finding, StudentFault):
        if expected is None or not expected.comparison.wrong:
            raise
    if expected is not None:
        expected.comparison.finish()


def _returned(finding: Finding, answer: Asked) -> TracebackType | None:
    """Where the function returned what the finding is about: the result that is shown, or else the last one."""
    shown = answer.call_of(finding.result) if finding.result is not None else None
    call = shown or (answer.calls[-1] if answer.calls else None)
    return call.returned if call else None


def everything(status: str, text: str, exercise: Exercise, settings: Settings) -> list[Verdict]:
    """One and the same status for all planned checks of an exercise that could not be examined."""
    checks = [check for check in exercise.checks if settings.points.planned(exercise, check)]
    return [verdict_of(exercise, Outcome(check, status, text), settings.points, None) for check in checks]
