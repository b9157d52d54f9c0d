"""The process that judges exercises on a student's own machine: warm, and the student's modules fresh each time.

It is asked by a line of JSON on its standard input and answers by lines on its standard output. Every exercise is
judged in a fork of it, so that nothing that the student's code does outlives the answer: where there is no fork
(Windows), in the process itself. When whoever asks dies without a word, it puts their terminal in order.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from grader.frontends.watch.terminal import Terminal
from grader.results.verdict import Verdict, to_property

if TYPE_CHECKING:
    from grader.course.catalogue import Exercise
    from grader.grading.examine import Settings

GRACE_SECONDS = 3.0
MAX_PRINTED = 4000
_FORKS = sys.platform == "linux"


def serve(questions: IO[str], answers: IO[str], terminal: Terminal) -> None:
    """Answer until the questions end."""
    # Nobody may be left to read the last answer.
    with contextlib.suppress(BrokenPipeError):
        for line in questions:
            asked = json.loads(line)
            if asked.get("bye"):
                return
            _answer(asked, answers)
    terminal.restore()


def _answer(asked: dict[str, Any], answers: IO[str]) -> None:
    def tell(**what: Any) -> None:
        answers.write(json.dumps({"id": asked["id"], **what}) + "\n")
        answers.flush()

    from grader.course.errors import CourseError
    from grader.grading.reference import NoReference

    try:
        exercise, settings = _exercise(asked["stage"], asked["exercise"]), settings_for(asked["folder"])
    except (CourseError, NoReference) as error:
        tell(problem=str(error))
        return
    if not _FORKS:
        tell(pid=os.getpid())
        for told in _judged(exercise, asked, settings):
            tell(**told)
        return
    here, there = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(here)
        _in_fork(exercise, asked, settings, there)
    os.close(there)
    tell(pid=pid)
    for told in _waited(pid, here, exercise, settings, asked["seconds"]):
        tell(**told)


def _exercise(number: int, name: str) -> Exercise:
    from grader.course.catalogue import stage

    return stage(number).exercise(name)


@cache
def settings_for(folder: str) -> Settings:
    """The same as those of a run of pytest. Raises CourseError and NoReference."""
    from grader.course.points import find_points
    from grader.grading.examine import Settings
    from grader.grading.reference import PUBLIC_SEED, choose_reference

    return Settings(PUBLIC_SEED, find_points(Path(folder)), choose_reference(PUBLIC_SEED))


def _judged(exercise: Exercise, asked: dict[str, Any], settings: Settings) -> Iterator[dict[str, Any]]:
    """The verdicts, and what the student's code printed meanwhile; then the same with the line of a slip, if any.

    What is marked with `more` is not the last.
    """
    from grader.course.catalogue import stage
    from grader.grading.examine import examine
    from grader.grading.intake import read_stage_folder
    from grader.grading.one_change.line import is_looked_for, with_lines_apart
    from grader.student.in_process import InProcessFunctions
    from grader.student.loader import StageModules

    with _captured() as printed:
        found = read_stage_folder(Path(asked["folder"]), stage(exercise.stage))
        functions = InProcessFunctions(StageModules(found.sources, settings.points.allow))
        verdicts = [v for v, _ in examine(exercise, functions, settings, time.monotonic() + asked["seconds"])]
    told = {"printed": printed[0], "notes": list(found.notes)}
    more = is_looked_for(verdicts, sources := {exercise.stage: found.sources}, settings, settings.line_seconds)
    yield {"verdicts": _plain(verdicts, asked["folder"]), **told, **({"more": True} if more else {})}
    if more:
        with _captured():
            named = with_lines_apart(verdicts, sources, settings, settings.line_seconds)
        yield {"verdicts": _plain(named, asked["folder"]), **told}


def _plain(verdicts: Sequence[Verdict], folder: str) -> list[dict[str, Any]]:
    return [to_property(verdict, folder) for verdict in verdicts]


@contextlib.contextmanager
def _captured() -> Any:
    """What is written to the standard streams in here, by Python or below it: the list's only item afterwards."""
    printed = [""]
    with tempfile.TemporaryFile() as into, open(os.devnull, "rb") as nothing:
        before = [os.dup(number) for number in (0, 1, 2)]
        for number, stream in enumerate((nothing, into, into)):
            os.dup2(stream.fileno(), number)
        try:
            yield printed
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for number, saved in enumerate(before):
                os.dup2(saved, number)
                os.close(saved)
            into.seek(0)
            printed[0] = into.read(MAX_PRINTED).decode("utf-8", "replace")


def _in_fork(exercise: Exercise, asked: dict[str, Any], settings: Settings, wire: int) -> None:
    """Never returns. Exit handlers and threads are those of the process that was forked, and stay its own."""
    try:
        with open(wire, "w", encoding="utf-8") as stream:
            for told in _judged(exercise, asked, settings):
                stream.write(json.dumps(told) + "\n")
                stream.flush()
    except BaseException:
        os._exit(1)
    os._exit(0)


def _waited(pid: int, wire: int, exercise: Exercise, settings: Settings, seconds: float) -> Iterator[dict[str, Any]]:
    """What the fork tells, or how it ended instead. Nothing that a student's code sticks in makes us wait for ever."""
    from grader.grading.examine import everything
    from grader.isolation.exit_status import how_it_ended

    end, content, late, last = time.monotonic() + seconds + GRACE_SECONDS, b"", False, dict[str, Any]()
    while not late:
        late = not select.select([wire], [], [], max(0.0, end - time.monotonic()))[0]
        part = b"" if late else os.read(wire, 1 << 16)
        *lines, content = (content + part).split(b"\n")
        for line in lines:
            last = json.loads(line)
            if "more" in last:
                yield last
        if not part:
            break
    os.close(wire)
    if late:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    # The search for a line comes after the verdicts: whatever becomes of it, they stand.
    if last:
        yield {key: value for key, value in last.items() if key != "more"}
        return
    if late:
        verdicts = everything("timeout", "your code did not come to an end", exercise, settings)
    else:
        ending = how_it_ended(status) or "SIGKILL, as where memory runs out"
        verdicts = everything("error", f"your code ended the process ({ending})", exercise, settings)
    yield {"verdicts": _plain(verdicts, ""), "printed": "", "notes": []}


def main() -> None:
    """Keep the wires to ourselves, warm up, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = open(os.dup(1), "w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    questions = open(os.dup(0), encoding="utf-8")  # noqa: SIM115
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    import numpy  # noqa: F401 - this is the warming up

    from grader.grading import examine  # noqa: F401

    serve(questions, answers, Terminal(sys.stderr.fileno(), sys.argv[1]))


if __name__ == "__main__":
    main()
