"""The job of `misstep nbgrader autograde` on a Dask cluster: notebooks travel as text, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from nbformat import from_dict

from grader.course.catalogue import Stage, stage
from grader.frontends.notebooks.execute import Beside, tested_stages
from grader.frontends.notebooks.worker import Marked, Spec, Task, serve
from grader.grading.batch import Executor
from grader.grading.cluster.job import Parcel
from grader.grading.pool import Done
from grader.grading.reference import choose_reference
from grader.grading.watch import Lost, Watch
from grader.student.loader import Source


@dataclass(frozen=True)
class Handed:
    """One student's notebooks as text, without outputs, by name, and by stage the Python files beside each."""

    texts: Mapping[str, str]
    files: Mapping[str, Mapping[int, dict[str, Source]]]
    key: str
    lost: tuple[Lost, ...] = ()

    def read(self) -> dict[str, tuple[Any, Beside]]:
        """The notebooks, and what lay beside each."""
        return {name: (from_dict(json.loads(text)), partial(self._beside, name)) for name, text in self.texts.items()}

    def _beside(self, name: str, stage: Stage) -> dict[str, Source]:
        return self.files[name][stage.number]


@dataclass(frozen=True)
class NotebookJob:
    """An assignment, as the grading processes need it."""

    spec: Spec

    @property
    def isolation(self) -> str:
        return self.spec.isolation

    @property
    def allow(self) -> Sequence[str]:
        return self.spec.marking.settings.points.allow

    def described(self) -> NotebookJob:
        return self._with(None)

    def settled(self) -> NotebookJob:
        return self._with(choose_reference(self.spec.marking.settings.seed))

    def _with(self, reference: Any) -> NotebookJob:
        marking = self.spec.marking
        marking = replace(marking, settings=replace(marking.settings, reference=reference))
        return NotebookJob(replace(self.spec, marking=marking))

    def read(self, task: Task) -> Parcel:
        opened = task.read()
        texts = {name: json.dumps(notebook) for name, (notebook, _) in opened.items()}
        files = {
            name: {number: beside(stage(number)) for number in tested_stages(self.spec.known[name])}
            for name, (_, beside) in opened.items()
        }
        return Parcel.of(Handed(texts, files, task.key))

    def serve(self, connection: Connection, watch: Watch) -> None:
        serve(self.spec, _Plain(connection), watch)


class _Plain:
    """A connection that sends marked notebooks as JSON can have them."""

    def __init__(self, connection: Connection) -> None:
        self.recv = connection.recv
        self._send = connection.send

    def send(self, message: tuple[dict[str, Marked] | None, str]) -> None:
        marked, problem = message
        self._send(({name: asdict(one) for name, one in (marked or {}).items()}, problem))


class Restored:
    """An executor whose answers are marked notebooks again."""

    def __init__(self, cluster: Executor) -> None:
        self._cluster = cluster

    def run(self, tasks: Iterable[Any]) -> Iterator[Done[Any]]:
        """Every task as it is done, in no particular order."""
        for done in self._cluster.run(tasks):
            yield done if done.problem else replace(done, answer={n: Marked(**one) for n, one in done.answer.items()})

    def __enter__(self) -> Restored:
        self._cluster.__enter__()
        return self

    def __exit__(self, *told: object) -> None:
        self._cluster.__exit__(*told)
