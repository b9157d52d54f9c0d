"""Grading a batch: find the submissions, grade what is new or changed, keep every result as it comes."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from grader.course.catalogue import stage_numbers, stages
from grader.course.pages import exercises_home, solutions_home
from grader.grading.examine import Settings
from grader.grading.grade import TIME_LIMIT, grade
from grader.grading.intake import Submission, read_folder, read_submission
from grader.grading.pool import Done, Pool
from grader.isolation.errors import WallError
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.results.formats.gradebook import gradebook
from grader.results.records import Event, SubmissionResult
from grader.results.store import Store
from grader.results.verdict import to_property

RESULTS = "results.jsonl"
GRADEBOOK = "gradebook.csv"
MAX_NAMED = 5
EMPTY = "holds nothing"


class BatchError(ValueError):
    """What was given is no batch; the message says what was looked for and what was found."""


@dataclass(frozen=True)
class Plan:
    """How a batch is graded: what is the same for all of its submissions."""

    settings: Settings
    stages: tuple[int, ...] = ()
    time_limit: float = TIME_LIMIT
    limits: Limits = field(default_factory=Limits)
    isolation: str = "full"

    def digest(self) -> bytes:
        """A digest of everything but the submission that a result depends on."""
        settings = [self.settings.seed, self.settings.points.to_json(), self.stages]
        wall = [self.time_limit, self.limits.memory, self.isolation]
        text = json.dumps([settings, wall], sort_keys=True)
        return hashlib.sha256(text.encode() + kit_digest()).digest()


@dataclass(frozen=True)
class Task:
    """One submission to grade, unless its key is still the `known` one of a result that is kept.

    `stages` is what is asked of a submission that holds nothing.
    """

    name: str
    path: Path
    known: str | None = None
    stages: tuple[int, ...] = ()


def find_submissions(batch: Path, out: Path | None = None) -> list[Task]:
    """The submissions of a batch by name; `out`, should it lie among them, is none.

    Raises BatchError, with what was found instead.
    """
    if batch.suffix == ".ipynb" and batch.is_file():
        return [Task(batch.stem, batch)]
    if not batch.is_dir():
        raise BatchError(f"{batch} is no directory; a batch is a directory with one directory per student")
    for stage in stages():
        if read_folder(batch / stage.name, stage) or (batch / f"{stage.name}.ipynb").is_file():
            raise BatchError(
                f"{batch} holds {stage.name} itself, so it is one submission; a batch is the directory above it "
                f"(misstep grade {batch.resolve().parent} --only {batch.resolve().name})"
            )
    results = out.resolve() if out else None
    entries = [entry for entry in os.scandir(batch) if _is_submission(entry)]
    names = sorted(entry.name for entry in entries if Path(entry).resolve() != results)
    if not names:
        found = sorted(entry.name for entry in os.scandir(batch))[:MAX_NAMED]
        shown = f"found only {', '.join(map(repr, found))}" if found else "it is empty"
        raise BatchError(f"no submissions in {batch}: looked for one directory per student, {shown}")
    return [Task(name, batch / name) for name in names]


def _is_submission(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name == "__pycache__":
        return False
    try:
        return entry.is_dir()
    except OSError:
        return False


def run_batch(
    tasks: Sequence[Task], store: Store, plan: Plan, *, jobs: int = 1, regrade: bool = False
) -> Iterator[Event]:
    """Grade what is not in the store under its present key; every result is stored before it is told of."""
    known = (Task(t.name, t.path, None if regrade else store.key(t.name)) for t in tasks)
    pool: Pool[Task] = Pool(partial(_serve, plan, plan.digest()), jobs)
    empty: list[Task] = []
    with pool:
        for done in pool.run(known):
            if done.answer == EMPTY:
                empty.append(done.task)
            else:
                yield _keep(done, store)
        # Who handed in nothing is graded last, on what the others were graded on.
        asked = store.stages() or stage_numbers()
        for done in pool.run(replace(task, stages=asked) for task in empty):
            yield _keep(done, store)


def _keep(done: Done[Task], store: Store) -> Event:
    name = done.task.name
    if done.problem:
        return Event(name, problem=done.problem)
    key, result, detail = done.answer
    if result is None:
        return Event(name, _stored(store, name), kept=True)
    store.put(name, key, result, detail)
    return Event(name, SubmissionResult.from_json(json.loads(result)))


def _stored(store: Store, name: str) -> SubmissionResult:
    result, _ = next(store.results(iter([name])))
    return SubmissionResult.from_json(json.loads(result))


def _serve(plan: Plan, digest: bytes, connection: Connection) -> None:
    """A grading process: trusted itself, it holds one sandbox and grades one submission at a time."""
    with open_sandbox(plan.isolation) as sandbox:
        while True:
            task: Task = connection.recv()
            try:
                connection.send((_grade(task, plan, digest, sandbox), ""))
            except Exception:
                # A fault of ours must never look like a student's: it is reported, and nobody is graded.
                connection.send((None, traceback.format_exc()))


def _grade(task: Task, plan: Plan, digest: bytes, sandbox: Sandbox) -> tuple[str, str | None, str | None] | str:
    """The key of a submission, with its result and detail as JSON unless the known result still holds.

    EMPTY where it holds nothing and nobody said yet which stages are asked of it.
    """
    submission = read_submission(task.path, task.name)
    planned = plan.stages or tuple(submission.sources) or task.stages
    if not planned:
        return EMPTY
    key = hashlib.sha256(digest + _content(submission) + bytes(planned)).hexdigest()
    if key == task.known:
        return key, None, None
    graded = grade(
        submission,
        sandbox,
        plan.settings,
        stages=planned,
        time_limit=plan.time_limit,
        limits=plan.limits,
    )
    detail = [to_property(verdict, "") for verdict in graded.verdicts]
    return key, json.dumps(graded.to_json()), json.dumps(detail)


def _content(submission: Submission) -> bytes:
    digest = hashlib.sha256()
    for number, files in sorted(submission.sources.items()):
        for stem, source in sorted(files.items()):
            head = [number, stem, source.file, source.problem, [len(chunk) for chunk in source.chunks]]
            digest.update(json.dumps(head).encode())
            for chunk in source.chunks:
                digest.update(chunk)
    return digest.digest()


def kit_digest() -> bytes:
    """A digest of the kit itself: its code, its suites, its pages and its solutions."""
    digest = hashlib.sha256()
    homes = [Path(__file__).parents[1], exercises_home(), solutions_home()]
    for home in homes:
        patterns = ("**/*.py", "**/*.npz", "**/MISTAKES.md") if home != homes[-1] else ("stage*/*.py",)
        paths = sorted(path for pattern in patterns for path in home.glob(pattern)) if home else []
        for path in paths:
            digest.update(str(path.relative_to(home or path)).encode() + path.read_bytes())
    return digest.digest()


def write_files(out: Path, store: Store, names: Sequence[str]) -> None:
    """Write results.jsonl and gradebook.csv anew, each whole or not at all."""

    def results() -> Iterator[SubmissionResult]:
        for result, _ in store.results(iter(names)):
            yield SubmissionResult.from_json(json.loads(result))

    _write_whole(out / RESULTS, (f"{result}\n" for result, _ in store.results(iter(names))))
    _write_whole(out / GRADEBOOK, gradebook(results))


def _write_whole(path: Path, parts: Iterable[str]) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            for part in parts:
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP | stat.S_IROTH)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def require_wall(plan: Plan) -> None:
    """Raise WallError unless the plan's isolation can be had here, before anything is begun."""
    try:
        open_sandbox(plan.isolation).close()
    except WallError as error:
        raise WallError(f"{error}; `--isolation none` grades without a wall, at your own risk") from error


def planned_stages(chosen: Iterable[int]) -> tuple[int, ...]:
    """The stages asked for, checked. Raises BatchError for one that does not exist."""
    known = stage_numbers()
    for number in chosen:
        if number not in known:
            raise BatchError(f"there is no stage {number}; there are {', '.join(map(str, known))}")
    return tuple(sorted(set(chosen)))
