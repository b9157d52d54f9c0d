"""Stubs and solutions belong together: same functions, same signatures, and the worked examples are true."""

import ast
import doctest
import inspect
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import ROOT, run_module

STAGES = sorted(path.name for path in ROOT.glob("exercises/stage*"))
STUBS = sorted(ROOT.glob("exercises/stage*/*.py"))


def functions_in(stub: Path) -> list[ast.FunctionDef]:
    """The functions that a stub file asks for."""
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


EXERCISES = [(stub, function.name) for stub in STUBS for function in functions_in(stub)]
each_stub = pytest.mark.parametrize("stub", STUBS, ids=lambda stub: f"{stub.parent.name}-{stub.stem}")
each_exercise = pytest.mark.parametrize(
    ("stub", "name"), EXERCISES, ids=[f"{stub.parent.name}-{name}" for stub, name in EXERCISES]
)


def solution_of(stub: Path) -> Path:
    return ROOT / "solutions" / stub.relative_to(ROOT / "exercises")


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], dict[str, Any]]]:
    """Runs a file as a student would import it, beside its neighbours, and forgets them all afterwards."""
    before = set(sys.modules)

    def run(path: Path) -> dict[str, Any]:
        monkeypatch.syspath_prepend(str(path.parent))
        return runpy.run_path(str(path))

    yield run
    for name in set(sys.modules) - before:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(ROOT / "solutions")):
            del sys.modules[name]


def test_stages_and_exercises_are_found() -> None:
    assert STAGES
    assert all(any(stub.parent.name == stage for stub in STUBS) for stage in STAGES)


@each_stub
def test_stub_file_has_its_solution_beside_its_name(stub: Path) -> None:
    assert solution_of(stub).is_file()


@pytest.mark.parametrize("stage", STAGES)
def test_every_solution_has_a_stub(stage: str) -> None:
    solved = {path.name for path in (ROOT / "solutions" / stage).glob("*.py")}
    assert solved == {path.name for path in (ROOT / "exercises" / stage).glob("*.py")}


@pytest.mark.parametrize("stage", STAGES)
def test_stage_has_a_task_sheet_that_names_every_exercise(stage: str) -> None:
    sheet = (ROOT / "exercises" / stage / "README.md").read_text(encoding="utf-8")
    for stub, name in EXERCISES:
        if stub.parent.name == stage:
            assert f"`{name}`" in sheet, f"{name} is not on the task sheet"
            assert stub.name in sheet, f"{stub.name} is not on the task sheet"


@pytest.mark.parametrize("stage", STAGES)
def test_task_sheet_says_how_to_run_the_checks(stage: str) -> None:
    sheet = (ROOT / "exercises" / stage / "README.md").read_text(encoding="utf-8")
    number = stage.removeprefix("stage")
    for command in (f"pytest exercises/{stage}", f"misstep explain {number}.", "MISTAKES.md"):
        assert command in sheet


def test_exercises_without_the_plugin_say_what_to_install() -> None:
    run = run_module("pytest", "-p", "no:misstep", "-p", "no:cacheprovider", STUBS[0])
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "misstep is not installed here" in run.stderr
    assert "python -m pip install -e ." in run.stderr
    assert "no tests ran" not in run.stdout + run.stderr


@each_exercise
def test_stub_raises_not_implemented(stub: Path, name: str, load: Callable[[Path], dict[str, Any]]) -> None:
    function = load(stub)[name]
    required = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    with pytest.raises(NotImplementedError):
        function(*[None] * len(required))


@each_exercise
def test_stub_and_solution_have_one_signature(stub: Path, name: str, load: Callable[[Path], dict[str, Any]]) -> None:
    assert inspect.signature(load(stub)[name]) == inspect.signature(load(solution_of(stub))[name])


@each_exercise
def test_worked_example_holds_for_the_solution(stub: Path, name: str, load: Callable[[Path], dict[str, Any]]) -> None:
    example = doctest.DocTestParser().get_doctest(
        inspect.getdoc(load(stub)[name]) or "", {"np": np, **load(solution_of(stub))}, name, str(stub), 0
    )
    assert any(part.want for part in example.examples), "a stub shows one tiny example with its result"
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert not said, "".join(said)


@each_exercise
def test_stub_gives_nothing_away(stub: Path, name: str) -> None:
    """Below its docstring a stub has one statement."""
    (function,) = (node for node in functions_in(stub) if node.name == name)
    assert len(function.body) == 2
    assert ast.get_docstring(function)
    assert ast.unparse(function.body[1]) == "raise NotImplementedError"
