"""What keeps the house in order on every push: workflow, hooks, and the forms that people report with."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = [path for path in sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")) if path.name != "config.yml"]
FIELDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
SUPPORTED = re.compile(r"Python :: (3\.\d+)$")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.name


def test_linux_runs_everything_on_every_python_that_is_promised() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = [m.group(1) for text in project["classifiers"] if (m := SUPPORTED.search(text))]
    job = read(ROOT / ".github/workflows/test.yml")["jobs"]["everything"]
    assert job["strategy"]["matrix"]["python"] == promised
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=name_of)
def test_a_workflow_can_only_read_and_ends(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


def test_every_hook_is_pinned_to_a_version() -> None:
    hooks = [hook for repo in read(ROOT / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    assert {"ruff-check", "ruff-format", "typos", "mypy"} <= {hook["id"] for hook in hooks}
    assert all(re.fullmatch(r"[\w-]+==\d+(\.\d+)+", hook["additional_dependencies"][0]) for hook in hooks)


@pytest.mark.parametrize("path", FORMS, ids=name_of)
def test_a_form_has_what_the_site_asks_of_one(path: Path) -> None:
    form = read(path)
    assert {"name", "description", "body"} <= form.keys()
    assert {field["type"] for field in form["body"]} <= FIELDS
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] for field in asked)
    ids = [field["id"] for field in asked]
    assert len(ids) == len(set(ids)) > 0


def test_the_first_form_is_about_false_accusations() -> None:
    assert read(FORMS[0])["name"] == "A right answer was accused"


def test_how_to_report_a_hole_is_written_down() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "grader/isolation/README.md" in text
    assert "Report a vulnerability" in text


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").glob("*.py")), ids=name_of)
def test_a_benchmark_finds_what_it_imports(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(path.parent))
    spec = importlib.util.spec_from_file_location(f"benchmark_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    assert module.__doc__
