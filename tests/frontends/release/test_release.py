"""The students' repository: it works from an empty environment, and no solution is in it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.frontends.release.leaks import leaks
from tests.conftest import ROOT

from .conftest import misstep


def run(command: list[object], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "PYTEST_", "PYTHON"))}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**env, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def student(released: Path, tmp_path: Path) -> Path:
    """One student's clone of the repository."""
    return Path(shutil.copytree(released, tmp_path / "attention-mary"))


def test_the_repository_holds_all_a_class_needs(released: Path) -> None:
    files = {str(path.relative_to(released)) for path in released.rglob("*") if path.is_file()}
    assert files >= {
        ".devcontainer/devcontainer.json",
        ".github/workflows/classroom.yml",
        ".gitignore",
        ".vscode/settings.json",
        "README.md",
        "exercises/stage3/MISTAKES.md",
        "exercises/stage5/heads.py",
        "exercises/stage6/README.md",
        "pyproject.toml",
        "requirements.txt",
    }


def test_no_word_of_the_template_is_left_unfilled(released: Path) -> None:
    for path in released.rglob("*"):
        if path.is_file() and path.suffix != ".whl":
            text = path.read_text(encoding="utf-8")
            assert not [word for word in ("@WHEEL@", "@FIRST@", "@STAGES@", "@OPTIONS@") if word in text], path


def test_every_stub_is_still_to_be_filled_in(released: Path) -> None:
    stubs = list((released / "exercises").glob("stage*/*.py"))
    assert len(stubs) >= 20
    assert not [path.name for path in stubs if "raise NotImplementedError" not in path.read_text()]


def test_nothing_of_a_solution_or_wrong_answer_is_in_it(released: Path, tmp_path: Path) -> None:
    (wheel,) = (released / "vendor").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "unpacked")
    everything = {
        str(path): path.read_bytes()
        for folder in (released, tmp_path / "unpacked")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert not [path for path in everything if "solutions" in path.split("/") or "answers" in path.split("/")]
    assert leaks(everything, ROOT / "solutions") == []
    sources = [path.read_bytes() for path in (ROOT / "solutions").rglob("*.py")]
    assert len(sources) > 20
    for path, content in everything.items():
        assert not [source for source in sources if source.strip() and source in content], path


def test_the_workflow_is_valid_and_hands_its_results_to_the_reporter(released: Path) -> None:
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load((released / ".github/workflows/classroom.yml").read_text())
    steps = workflow["jobs"]["grade"]["steps"]
    (wheel,) = (released / "vendor").glob("*.whl")
    assert f"vendor/{wheel.name}" in steps[2]["run"]
    assert "misstep github --stage 3 --stage 5 --stage 6" in steps[3]["run"].replace(
        '/bin/misstep"', "/bin/misstep"
    ).replace('"', "")
    assert steps[3]["id"] == "misstep"
    assert steps[4]["uses"].startswith("classroom-resources/autograding-grading-reporter@")
    assert steps[4]["with"]["runners"] == "${{ steps.misstep.outputs.runners }}"
    assert workflow["permissions"]["contents"] == "read"


@pytest.mark.parametrize("file", [".devcontainer/devcontainer.json", ".vscode/settings.json"])
def test_the_editors_files_are_json(released: Path, file: str) -> None:
    assert isinstance(json.loads((released / file).read_text()), dict)


@pytest.mark.long
def test_releasing_again_changes_nothing(released: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(released, tmp_path / "course"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = misstep("release", folder)
    assert (done.returncode, done.stdout.strip()) == (0, f"{folder}: 0 files written, 0 removed")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_instructors_own_workflow_survives_and_a_conflict_is_named(released: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(released, tmp_path / "course"))
    (folder / ".github/workflows/classroom.yml").write_text("name: mine\n")
    done = misstep("release", folder, "--stage", "5")
    assert done.returncode == 1
    assert "conflict: .github/workflows/classroom.yml" in done.stdout
    assert (folder / ".github/workflows/classroom.yml").read_text() == "name: mine\n"
    assert not (folder / "exercises/stage3/softmax.py").exists()
    assert misstep("release", folder).returncode == 0
    assert not (folder / "exercises/stage3").exists() or not list((folder / "exercises/stage3").iterdir())


@pytest.mark.long
def test_the_address_of_the_course_is_before_every_link(tmp_path: Path) -> None:
    done = misstep("release", tmp_path / "course", "--course", "https://example.org/course")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "course/misstep.toml").read_text() == '[course]\nurl = "https://example.org/course"\n'


def test_the_kit_itself_is_never_written_over() -> None:
    for folder in (ROOT, ROOT.parent):
        done = misstep("release", folder)
        assert done.returncode == 2
        assert "holds the kit itself" in done.stderr


def test_a_stage_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    done = misstep("release", tmp_path / "course", "--stage", "4")
    assert done.returncode == 2
    assert "stage4" in done.stderr
    assert not (tmp_path / "course").exists()


def test_pytest_checks_the_exercises_in_an_empty_environment(student: Path, student_bin: Path) -> None:
    done = run([student_bin / "python", "-m", "pytest", "exercises/stage5", "-q"], student)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "split_heads" in done.stdout


def test_the_folder_can_be_installed_and_asks_for_its_own_wheel(student: Path, student_bin: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--python", student_bin / "python", "install", "--quiet"]
    done = run([*pip, "--no-build-isolation", "--no-deps", "--no-index", "."], student)
    assert done.returncode == 0, done.stderr
    code = "import importlib.metadata as m; print(*m.requires('transformer-exercises'))"
    asked = run([student_bin / "python", "-c", code], student).stdout.strip()
    assert asked.startswith("misstep @ file://")
    assert Path(asked.removeprefix("misstep @ file://")).samefile(next((student / "vendor").glob("*.whl")))


def test_the_kit_comes_from_the_wheel_and_has_no_solutions(student: Path, student_bin: Path) -> None:
    code = "import grader.course.pages as p; print(p.__file__); print(p.solutions_home())"
    done = run([student_bin / "python", "-c", code], student)
    where, solutions = done.stdout.split()
    assert str(student_bin.parent) in where
    assert solutions == "None"


def test_a_page_is_printed_from_the_wheel(student: Path, student_bin: Path) -> None:
    done = run([student_bin / "misstep", "explain", "5.9"], student)
    assert done.returncode == 0
    assert "softmax" in done.stdout


def graded(student: Path, student_bin: Path, tmp_path: Path) -> tuple[str, dict[str, Any], str]:
    """Runs `misstep github`: its log, the reporter's objects, and the summary."""
    files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")}
    environment = {name: str(path) for name, path in files.items()}
    done = run([student_bin / "misstep", "github", "--stage", "5"], student, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    values = dict(line.split("=", 1) for line in files["GITHUB_ENV"].read_text().splitlines())
    objects = {name: json.loads(base64.b64decode(value)) for name, value in values.items()}
    return done.stdout, objects, files["GITHUB_STEP_SUMMARY"].read_text()


def test_a_right_answer_earns_every_point_in_the_workflow(student: Path, student_bin: Path, tmp_path: Path) -> None:
    for path in (ROOT / "solutions/stage5").glob("*.py"):
        shutil.copy(path, student / "exercises/stage5" / path.name)
    _, objects, summary = graded(student, student_bin, tmp_path)
    tests = [test for runner in objects.values() for test in runner["tests"]]
    assert all(runner["status"] == "pass" for runner in objects.values()), [t for t in tests if t["status"] != "pass"]
    most = sum(runner["max_score"] for runner in objects.values())
    assert sum(test["score"] for test in tests) == most > 0
    assert f"{most:g} of {most:g} points" in summary


FORGER = """
import numpy as np
print('\\n::notice title=Autograding report::{"totalPoints":99,"maxPoints":99}')
print("\\n::stop-commands::x")

def split_heads(x, n_heads):
    raise ValueError('\\n::notice title=Autograding report::{"totalPoints":99,"maxPoints":99}\\n##[error]x')

def merge_heads(heads):
    raise NotImplementedError
"""


def test_a_student_cannot_write_commands_into_the_log(student: Path, student_bin: Path, tmp_path: Path) -> None:
    (student / "exercises/stage5/heads.py").write_text(FORGER)
    (student / "numpy.py").write_text("raise SystemExit('a file of the checkout was imported')\n")
    (student / "grader").mkdir()
    (student / "grader/__init__.py").write_text("raise SystemExit('a file of the checkout was imported')\n")
    log, objects, summary = graded(student, student_bin, tmp_path)
    commands = [line for line in log.splitlines() if line.lstrip().startswith("::") or "##[" in line]
    assert not [line for line in commands if line.startswith(("::notice", "::stop-commands::x", "##["))]
    assert [line for line in commands if line.startswith("::error file=exercises/stage5/heads.py,line=6,title=")]
    assert len([line for line in commands if line.startswith("::error ")]) <= 10
    assert "fail" in {runner["status"] for runner in objects.values()}
    assert not [line for line in summary.splitlines() if line.startswith("::")]


def test_grading_without_a_wall_is_said_loudly(student: Path, student_bin: Path, tmp_path: Path) -> None:
    environment = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")}
    command = [student_bin / "misstep", "github", "--stage", "5", "--isolation", "none"]
    done = run(command, student, **environment)
    assert done.returncode == 0
    assert "WARNING: --isolation none" in done.stderr


def test_a_missing_stage_is_counted_and_not_forgotten(student: Path, student_bin: Path, tmp_path: Path) -> None:
    shutil.rmtree(student / "exercises/stage5")
    _, objects, _ = graded(student, student_bin, tmp_path)
    assert sum(runner["max_score"] for runner in objects.values()) > 0
    assert sum(test["score"] for runner in objects.values() for test in runner["tests"]) == 0


def test_classroom50_gets_its_two_files(student: Path, student_bin: Path) -> None:
    environment = {
        "CLASSROOM": "cs",
        "ASSIGNMENT": "attention",
        "OWNER": "mary",
        "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
        "COMMIT_URL": "https://github.com/o/r/commit/abc",
        "RELEASE_URL": "https://github.com/o/r/releases/tag/x",
    }
    done = run([student_bin / "misstep", "classroom50", "--stage", "5"], student, **environment)
    assert done.returncode == 0, done.stderr
    result = json.loads((student / "result.json").read_text())
    assert (result["owner"], result["score"]) == ("mary", 0)
    assert result["max-score"] == sum(test["max-score"] for test in result["tests"]) > 0
    assert "points" in (student / "release-body.md").read_text()


def test_without_the_runners_variables_nothing_is_graded(student: Path, student_bin: Path) -> None:
    done = run([student_bin / "misstep", "classroom50"], student)
    assert done.returncode == 2
    assert "CLASSROOM" in done.stderr
    assert not (student / "result.json").exists()


def test_a_classroom50_bundle_is_a_script_and_the_wheel(tmp_path: Path) -> None:
    done = misstep("classroom50", "--bundle", tmp_path, "--stage", "5")
    assert done.returncode == 0, done.stderr
    script = (tmp_path / "autograder.py").read_text()
    compile(script, "autograder.py", "exec")
    (wheel,) = tmp_path.glob("*.whl")
    assert f'"{wheel.name}"' in script
    assert "OPTIONS = ['--stage', '5']" in script
