"""What others may import and rely on: names that exist, are documented, and cost nothing until they are used."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import tomllib
from types import ModuleType

import pytest

import grader
from tests.conftest import ROOT, Run

PACKAGES = ["grader", *(m.name for m in pkgutil.walk_packages(grader.__path__, "grader.") if m.ispkg)]
FACES = [name for name in PACKAGES if hasattr(importlib.import_module(name), "__all__")]


def own_names(package: ModuleType) -> set[str]:
    """The public names that a package's `__init__` defines itself."""
    return {
        name
        for name, value in vars(package).items()
        if getattr(value, "__module__", None) == package.__name__ and not name.startswith("_")
    }


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_that_defines_names_says_which_are_public(name: str) -> None:
    package = importlib.import_module(name)
    assert own_names(package) <= set(getattr(package, "__all__", ())), f"{name} needs __all__"


@pytest.mark.parametrize("name", FACES)
def test_every_exported_name_exists_and_is_documented(name: str) -> None:
    package = importlib.import_module(name)
    assert len(set(package.__all__)) == len(package.__all__)  # their order is the linter's
    for exported in package.__all__:
        value = getattr(package, exported)
        assert isinstance(value, str) or value.__doc__, f"{name}.{exported} has no docstring"


def test_the_suite_api_comes_from_one_place() -> None:
    course = importlib.import_module("grader.course")
    assert course.__all__ >= ["Answer", "Expected"]
    assert {"shows", "general", "mistake", "blocked", "wrong", "Answer", "Expected", "Rng"} <= set(course.__all__)
    assert all(name in (course.__doc__ or "") for name in course.__all__)
    for home, names in (("checks", ("mistake", "shows", "Rng")), ("measure", ("array", "close"))):
        module = importlib.import_module(f"grader.course.{home}")
        assert all(getattr(course, name) is getattr(module, name) for name in names)
    with pytest.raises(AttributeError, match="has no attribute 'mistakes'"):
        _ = course.mistakes


def test_asking_for_a_room_imports_nothing_of_it() -> None:
    program = "import sys, grader.course; print([m for m in sys.modules if m.startswith(('grader.', 'numpy'))])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['grader.course']"


def test_the_version_stands_in_one_place_and_is_printed(run: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"]["path"] == "grader/__init__.py"
    done = run("grader", "--version")
    assert done.returncode == 0
    assert done.stdout.startswith(f"misstep {grader.__version__} (Python 3.")
