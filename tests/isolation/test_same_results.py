"""What one submission comes to has nothing to do with which others were graded before it, or beside it."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from grader.course.pages import solutions_home
from grader.course.points import find_points
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.grading.batch import on_this_machine, run_batch
from grader.grading.examine import Settings
from grader.grading.find import Task
from grader.grading.grade import grade
from grader.grading.intake import read_submission
from grader.grading.plan import Plan
from grader.grading.reference import PUBLIC_SEED, choose_reference
from grader.isolation.sandbox import ForkSandbox
from grader.results.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the wall stands on Linux")

COUNT = 60
# They print, draw without a seed, count their calls, end the process, or raise with what they were asked.
SPOILED = {
    "prints": (
        "causal_mask",
        "def causal_mask(seq_len):\n    print(seq_len)\n    return np.zeros((seq_len, seq_len))\n",
    ),
    "draws": (
        "causal_mask",
        "START = np.random.default_rng().normal()\n"
        "def causal_mask(seq_len):\n    return np.random.normal(size=(seq_len, seq_len)) + START\n",
    ),
    "counts": (
        "heads",
        "CALLS = []\n_right = merge_heads\n"
        "def merge_heads(heads):\n    CALLS.append(1)\n    return _right(heads) + (len(CALLS) > 7)\n",
    ),
    "counts to tell": (
        "heads",
        "CALLS = []\ndef split_heads(x, n):\n    CALLS.append(1)\n    return np.full((2, 2), len(CALLS))\n",
    ),
    "ends": ("heads", "def merge_heads(heads):\n    import os\n    os._exit(len(heads))\n"),
    "raises": ("heads", "def split_heads(x, n_heads):\n    raise KeyError(float(np.sum(x)))\n"),
}


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> list[Task]:
    """Sixty answers of every kind and stage, and some that misbehave."""
    home = tmp_path_factory.mktemp("class")
    answers = stored_answers(solutions_home())
    for answer in random.Random(3).sample([a for a in answers if quick(a)], COUNT):
        lay(home / answer.name.replace("/", " "), answer.stage.name, answer.files)
    right = {path.stem: path.read_bytes() for path in (solutions_home() / "stage5").glob("*.py")}
    noise = next(a for a in answers if a.name == "stage5/scaled_attention/degenerate_noise")
    lay(home / "noise", "stage5", noise.files)
    for name, (stem, text) in SPOILED.items():
        lay(home / name, "stage5", {**right, stem: right[stem] + b"\n\n" + text.encode()})
    return [Task(path.name, path) for path in sorted(home.iterdir())]


def quick(answer: StoredAnswer) -> bool:
    """Whether it comes to an end: a hang costs its time limit, and the message tells on which line it was."""
    return b"while True" not in answer.files[answer.stem]


def lay(home: Path, stage: str, files: dict[str, bytes]) -> None:
    (home / stage).mkdir(parents=True)
    for stem, text in files.items():
        (home / stage / f"{stem}.py").write_bytes(text)


def fresh_settings() -> Settings:
    """New ones: nothing is known yet. No line is searched for: how far a search comes depends on the load."""
    home = solutions_home()
    assert home is not None
    return Settings(PUBLIC_SEED, find_points(home), choose_reference(PUBLIC_SEED), line_seconds=0)


@pytest.fixture
def settings() -> Settings:
    return fresh_settings()


@pytest.fixture(scope="module")
def alone() -> Iterator[Callable[[Task], str]]:
    """What a submission comes to that is graded as if nobody had been before it."""
    with ForkSandbox() as sandbox:

        @cache
        def result(task: Task) -> str:
            graded = grade(read_submission(task.path, task.name), sandbox, fresh_settings(), time_limit=60)
            return json.dumps(graded.result.to_json())

        yield result


def together(tasks: Iterable[Task], settings: Settings, jobs: int, out: Path) -> dict[str, str]:
    """All graded in one run, in this order."""
    store = Store(out)
    try:
        plan = Plan(settings, time_limit=60)
        events = list(run_batch(list(tasks), store, plan, on_this_machine(plan, jobs)))
        assert not [event.problem for event in events if event.problem]
        names = [event.name for event in events]
        return {name: result for name, (result, _) in zip(names, store.results(iter(names)), strict=True)}
    finally:
        store.close()


@pytest.mark.parametrize(
    ("jobs", "order", "every"),
    [
        (2, "mixed", 3),
        *(
            pytest.param(jobs, order, 1, marks=pytest.mark.long)
            for jobs, order in ((2, "mixed"), (1, "by name"), (1, "backwards"), (1, "mixed"))
        ),
    ],
)
def test_results_are_the_same_bytes_in_any_order_and_company(
    tasks: list[Task],
    alone: Callable[[Task], str],
    settings: Settings,
    tmp_path: Path,
    jobs: int,
    order: str,
    every: int,
) -> None:
    # All that misbehave, and a part of the others.
    tasks = [task for place, task in enumerate(tasks) if task.name in {*SPOILED, "noise"} or place % every == 0]
    ordered = {"by name": tasks, "backwards": tasks[::-1], "mixed": random.Random(jobs).sample(tasks, len(tasks))}
    found = together(ordered[order], settings, jobs, tmp_path / "out")
    assert set(found) == {task.name for task in tasks}
    assert [task.name for task in tasks if found[task.name] != alone(task)] == []
