"""Grading a notebook in nbgrader's place: the student's cells behind the wall, the checks outside it.

What comes of it is written into the notebook as a kernel would have left it, so that everything else of nbgrader
works on it unchanged. Nothing of the student's own notebook decides which tests there are.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Enum, Float, Integer

from grader.course.catalogue import Exercise, Stage, stage
from grader.course.points import find_points
from grader.frontends.notebooks.course import CourseError, read_seed
from grader.frontends.notebooks.kernel import UNSAFE
from grader.frontends.notebooks.outputs import student_outputs, verdict_outputs
from grader.frontends.notebooks.restore import Known, known_cells, name_of, restore
from grader.frontends.notebooks.sheet import checks_by_id
from grader.frontends.notebooks.show import shown
from grader.grading.examine import Settings
from grader.grading.grade import TIME_LIMIT, grade
from grader.grading.intake import Submission, read_beside
from grader.grading.reference import PUBLIC_SEED, Reference, choose_reference
from grader.isolation.limits import MEGABYTE, Limits
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.isolation.session import Session
from grader.results.verdict import Verdict
from grader.student.faults import StudentFault
from grader.student.loader import CELLS, Source

# What asking for the outputs of a notebook's cells may take.
LOOK_SECONDS = 3.0

# The Python files beside a notebook, by stem, as a stage's exercises may import them.
Beside = Callable[[Stage], dict[str, Source]]


@dataclass(frozen=True)
class Marking:
    """How the notebooks of a course are graded."""

    settings: Settings
    time_limit: float = TIME_LIMIT
    limits: Limits = field(default_factory=Limits)


def settings_of(course: Path) -> Settings:
    """The points table and the secret seed of a course."""
    seed = read_seed(course)
    return Settings(PUBLIC_SEED if seed is None else seed, find_points(course), _reference(seed))


@cache
def _reference(seed: int | None) -> Reference:
    return choose_reference(PUBLIC_SEED if seed is None else seed)


def mark(
    notebook: Any, known: Mapping[str, Known], name: str, marking: Marking, sandbox: Sandbox, beside: Beside
) -> None:
    """Put the notebook in order and write into it what each of its code cells came to.

    `beside` gives the Python files that lay beside it. Raises CourseError for a test that is not misstep's, for then
    nobody can say what it is worth.
    """
    tests = _tests(known)
    restore(notebook, known)
    source = _source(notebook, tests, f"{name}.ipynb")
    numbers = tested_stages(known)
    sources = {n: beside(stage(n)) | dict.fromkeys(stage(n).stems, source) for n in numbers}
    graded = grade(
        Submission(name, Path(source.file), sources),
        sandbox,
        marking.settings,
        stages=numbers,
        time_limit=marking.time_limit,
        limits=marking.limits,
        look=_cells,
    )
    _fill(notebook, tests, graded.result.checks, graded.seen)


def tested_stages(known: Mapping[str, Known]) -> list[int]:
    """The stages that a notebook's test cells are about. Raises CourseError as `mark` does."""
    return sorted({exercise.stage for exercise, _ in _tests(known).values()})


def _tests(known: Mapping[str, Known]) -> dict[str, tuple[Exercise, str | None]]:
    """The exercise and mistake of every test cell."""
    wanted = [cell.name for cell in known.values() if cell.grade and cell.locked and cell.kind == "code"]
    found = {name: (exercise, check.id) for name, (exercise, check) in checks_by_id(wanted).items()}
    foreign = sorted(set(wanted) - set(found))
    if foreign:
        raise CourseError(
            f"the test cell {foreign[0]!r} is not one of misstep's, which cannot run it behind the wall; "
            "grade this assignment with misstep.in_the_kernel() in nbgrader_config.py"
        )
    if not found:
        raise CourseError("this notebook has no test cell of misstep's: grade it with misstep.in_the_kernel()")
    return found


def _source(notebook: Any, tests: Mapping[str, Any], file: str) -> Source:
    """The student's code cells. Test cells are left empty, so that cells are numbered as they stand."""
    problem = notebook.metadata.get("misstep", {}).get("problem", "")
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    chunks = tuple(b"" if name_of(c) in tests else c.source.encode("utf-8", "replace") for c in cells)
    return Source(file, chunks, forgiving=True, problem=str(problem))


def _cells(session: Session) -> list[Any]:
    """What the cells of the notebook did, in their order."""
    end = time.monotonic() + LOOK_SECONDS
    number, files = next(iter(session.sources.items()))
    try:
        cells = session.functions(number).call(next(iter(files)), CELLS, (), end)
    except StudentFault:
        cells = []
    return cells if isinstance(cells, list) else []


def _fill(notebook: Any, tests: Mapping[str, Any], verdicts: Sequence[Verdict], done: Sequence[Any]) -> None:
    by_check = {(verdict.exercise, verdict.id): verdict for verdict in verdicts}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for index, cell in enumerate(code):
        cell.execution_count = index + 1
        if name_of(cell) not in tests:
            cell.outputs = student_outputs(done[index]) if index < len(done) else []
            continue
        exercise, mistake = tests[name_of(cell)]
        verdict = by_check.get((exercise.name, mistake))
        if verdict is None:
            raise CourseError(
                f"{mistake} is off in misstep.toml, and {name_of(cell)} tests it: generate the assignment"
            )
        others = [other for other in verdicts if other.exercise == exercise.name]
        result = shown(verdict, others)
        cell.outputs = verdict_outputs(result, verdict.passed)


@cache
def shared_sandbox(isolation: str, allow: tuple[str, ...] = ()) -> Sandbox:
    """The sandbox of this process, kept for all notebooks that it grades. Raises WallError where there is no wall."""
    sandbox = open_sandbox(isolation, allow=allow)
    atexit.register(sandbox.close)
    return sandbox


class WalledExecute(NbGraderPreprocessor):
    """In the place of nbgrader's Execute: grades a notebook of misstep's behind the wall."""

    timeout = Float(TIME_LIMIT, help="Seconds for all code of a submission.").tag(config=True)
    memory = Integer(512, help="Megabytes for the code of a submission.").tag(config=True)
    isolation = Enum(("full", "none"), "full", help="none: no wall; code can do whatever you can.").tag(config=True)

    def marking(self) -> Marking:
        """How to grade in the course whose directory we are in, as nbgrader is when it converts notebooks."""
        return Marking(settings_of(Path.cwd()), self.timeout, Limits(memory=self.memory * MEGABYTE))

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Grade one notebook; whatever is ours to blame is raised, and then nbgrader keeps no grade."""
        told = resources["nbgrader"]
        if self.isolation == "none":
            self.log.warning("No wall: the code of %s can read, change and send whatever you can", told["student"])
        with Gradebook(told["db_url"]) as gradebook:
            known = known_cells(gradebook, told["notebook"], told["assignment"])
        marking = self.marking()
        sandbox = shared_sandbox(self.isolation, marking.settings.points.allow)
        mark(nb, known, told["notebook"], marking, sandbox, partial(read_beside, Path(resources["metadata"]["path"])))
        return nb, resources


class StockExecute(Execute):
    """nbgrader's own Execute, and a word of warning."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Run the notebook in a kernel of its own."""
        self.log.warning("Stock execution. %s", UNSAFE)
        return super().preprocess(nb, resources)  # type: ignore[no-any-return]
