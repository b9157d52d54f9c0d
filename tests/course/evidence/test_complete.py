"""No documented mistake of these stages is without a test that computes its numbers anew."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import tests.course.evidence as evidence
from grader.course.catalogue import stage


@pytest.mark.parametrize("number", [3, 5, 6])
def test_every_mistake_of_every_exercise_is_recomputed(number: int) -> None:
    names = [module.name for module in pkgutil.iter_modules(evidence.__path__) if module.name.startswith("test_stage")]
    modules = [importlib.import_module(f"{evidence.__name__}.{name}") for name in names]
    recomputed = {(exercise, mistake) for module in modules for _, exercise, mistake, _ in module.CASES}
    checks = {(e.name, check.id) for e in stage(number).exercises for check in e.checks if check.id}
    assert {(e, mistake) for e, mistake in recomputed if mistake.startswith(f"{number}.")} == checks
