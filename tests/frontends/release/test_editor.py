"""VS Code in a students' repository: its test explorer finds and runs the checks, and its task watches.

The Python extension's own pytest plugin is tried where it is found: as the extension is installed, or in the folder
that VSCODE_PYTHON_FILES names (`python_files` of github.com/microsoft/vscode-python).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.catalogue import stages
from tests.conftest import ROOT

PLANNED = {
    f"exercises/stage{stage.number}/{exercise.stem}.py::{exercise.name}[{check.label}]"
    for stage in stages()
    for exercise in stage.exercises
    for check in exercise.checks
}
_INSTALLED = Path.home().glob(".vscode*/extensions/ms-python.python-*/python_files")
EXTENSION = Path(os.environ.get("VSCODE_PYTHON_FILES") or next(_INSTALLED, "no such folder"))
_HEADER = re.compile(rb"content-length: (\d+)\r\n.*?\r\n\r\n", re.DOTALL)


@pytest.fixture
def student(released: Path, tmp_path: Path) -> Path:
    """One student's clone, with something right in it, something wrong, and a file that cannot be read."""
    folder = Path(shutil.copytree(released, tmp_path / "attention-mary"))
    stage5 = folder / "exercises/stage5"
    shutil.copy(ROOT / "solutions/stage5/causal_mask.py", stage5)
    (stage5 / "kv_cache.py").write_text("def update_kv_cache(k, v, k_new, v_new):\n    return k_new, v_new\n")
    (stage5 / "heads.py").write_text("def split_heads(x:\n")
    return folder


def pytest_arguments(student: Path) -> list[str]:
    settings = json.loads((student / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["python.testing.pytestEnabled"]
    return list(settings["python.testing.pytestArgs"])


def python(student_bin: Path, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(student_bin / "python"), *arguments]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")} | environment
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300)


def test_the_test_explorers_command_finds_every_check(student: Path, student_bin: Path) -> None:
    arguments = ["-m", "pytest", "--collect-only", "-q", f"--rootdir={student}", *pytest_arguments(student)]
    done = python(student_bin, *arguments, cwd=student)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {line for line in done.stdout.splitlines() if "::" in line} == PLANNED
    assert done.stderr == ""


def test_the_editors_task_watches_in_a_terminal(student: Path, student_bin: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    tasks = json.loads((student / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    (task,) = [task for task in tasks if task["label"] == "misstep: watch"]
    assert task["command"] == "${command:python.interpreterPath}"
    assert task["options"]["cwd"] == "${workspaceFolder}"
    environment = {**os.environ, "TERM": "xterm-256color"}
    options = {"cwd": student, "env": environment, "dimensions": (24, 60), "encoding": "utf-8", "timeout": 120}
    child = pexpect.spawn(str(student_bin / "python"), task["args"], **options)
    try:
        child.expect("softmax is not filled in yet")
        child.send("q")
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)
    assert child.exitstatus == 0
    assert ".misstep/" in (student / ".gitignore").read_text(encoding="utf-8").splitlines()


def told(pipe: Path) -> Iterator[dict[str, Any]]:
    """The messages that the extension's plugin has written."""
    content = pipe.read_bytes()
    for header in _HEADER.finditer(content):
        yield json.loads(content[header.end() : header.end() + int(header[1])])["params"]


def leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node["type_"] == "test":
        yield node
    for child in node.get("children", ()):
        yield from leaves(child)


@pytest.mark.long
@pytest.mark.skipif(not EXTENSION.is_dir(), reason="the Python extension of VS Code is not here")
def test_the_extensions_own_plugin_finds_and_runs_the_checks(student: Path, student_bin: Path, tmp_path: Path) -> None:
    pipe, ids = tmp_path / "pipe", tmp_path / "ids"
    arguments = ["-p", "vscode_pytest", "--collect-only", *pytest_arguments(student), f"--rootdir={student}"]
    environment = {"PYTHONPATH": str(EXTENSION), "TEST_RUN_PIPE": str(pipe)}
    pipe.touch()
    done = python(student_bin, "-m", "pytest", *arguments, cwd=student, **environment)
    (found,) = told(pipe)
    assert (found["status"], found["error"]) == ("success", []), done.stdout + done.stderr
    tests = {Path(test["runID"]).as_posix(): test for test in leaves(found["tests"])}
    assert set(tests) == PLANNED
    stub = (student / "exercises/stage3/embedding.py").read_text().splitlines()
    place = int(tests["exercises/stage3/embedding.py::embed_context[3.4]"]["lineno"])
    assert stub[place - 1].startswith("def embed_context(")

    wanted = {"causal_mask.py::causal_mask[5.1]": "success", "kv_cache.py::update_kv_cache[5.10]": "failure"}
    wanted |= {"heads.py::split_heads[5.13]": "failure"}
    ids.write_text("\n".join(f"exercises/stage5/{name}" for name in wanted))
    pipe.write_bytes(b"")
    script = str(EXTENSION / "vscode_pytest/run_pytest_script.py")
    environment = {"RUN_TEST_IDS_PIPE": str(ids), "TEST_RUN_PIPE": str(pipe)}
    python(student_bin, script, f"--rootdir={student}", cwd=student, **environment)
    results = {Path(key).name: one for each in told(pipe) for key, one in (each.get("result") or {}).items()}
    assert {name: one["outcome"] for name, one in results.items()} == wanted
    assert "KV cache" in results["kv_cache.py::update_kv_cache[5.10]"]["message"]
    assert "SyntaxError" in results["heads.py::split_heads[5.13]"]["message"]
