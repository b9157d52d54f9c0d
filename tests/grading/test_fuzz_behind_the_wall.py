"""Whatever functions return behind the wall, everybody has a verdict, and the neighbours' are the same to the byte."""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path

import pytest

from grader.course.catalogue import stage, stage_numbers
from grader.results.verdict import STATUSES
from tests.conftest import Run, copy_stage
from tests.grading import fuzzing

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="the wall stands on Linux"),
]

COUNT = 90
HONEST = ("a-honest", "m-honest", "zz-honest")
OPTIONS = ("--jobs", "2", "--timeout", "6", "--seed", "4711", "--line-seconds", "0")
# A student's file that draws each of its results anew, from a seed of its own.
HEAD = """
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
import numpy as np

DTYPES, ODD = {dtypes!r}, tuple(map(float, {odd!r}))
_RNG = np.random.default_rng({seed})

{parts}

def _any(*args, **named):
    # Now and then what it was given, or a call of a function that it was given.
    if _RNG.integers(4) == 0:
        return args[int(_RNG.integers(len(args)))]
    for arg in args:
        if callable(arg) and _RNG.integers(2):
            return arg(strange(_RNG))
    return strange(_RNG)

"""


def lay(home: Path, number: int, seed: int) -> None:
    """A submission of one stage, all of whose functions return whatever comes."""
    parts = "\n\n".join(inspect.getsource(part) for part in (fuzzing.Liar, fuzzing.strange, fuzzing.array))
    text = HEAD.format(dtypes=fuzzing.DTYPES, odd=[str(value) for value in fuzzing.ODD], seed=seed, parts=parts)
    folder = home / f"stage{number}"
    folder.mkdir(parents=True)
    level = stage(number)
    for stem in level.stems:
        names = [exercise.name for exercise in level.exercises if exercise.stem == stem]
        (folder / f"{stem}.py").write_text(text + "\n".join(f"{name} = _any" for name in names) + "\n")


def graded(run: Run, batch: Path, out: Path) -> dict[str, str]:
    """The lines of results.jsonl by submission."""
    done = run("grader", "grade", batch, "--out", out, *OPTIONS)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["submission"]: line for line in lines}


def test_neighbours_of_whatever_comes_back_are_the_same_to_the_byte(run: Run, tmp_path: Path) -> None:
    alone, company = tmp_path / "alone", tmp_path / "company"
    for batch in (alone, company):
        for name in HONEST:
            copy_stage(5, batch / name)
    numbers = stage_numbers()
    for seed in range(COUNT):
        lay(company / f"fuzz-{seed:03}", numbers[seed % len(numbers)], seed)
    expected, found = graded(run, alone, tmp_path / "out-alone"), graded(run, company, tmp_path / "out-company")
    assert len(found) == COUNT + len(HONEST)
    assert {name: found[name] for name in HONEST} == expected
    for name in found.keys() - expected.keys():
        statuses = {check["status"] for check in json.loads(found[name])["checks"]}
        assert statuses <= set(STATUSES)
        assert "timeout" not in statuses, name
