"""One release of the students' repository, and one environment that holds nothing else of the kit."""

from __future__ import annotations

import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import run_module


def misstep(*arguments: object) -> subprocess.CompletedProcess[str]:
    return run_module("grader", *arguments)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A students' repository as `misstep release` writes it."""
    folder = tmp_path_factory.mktemp("release") / "course"
    done = misstep("release", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def student_bin(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an empty environment into which the repository's requirements were installed.

    numpy and pytest come from this environment by path, so that no network is needed; the kit does not.
    """
    folder = tmp_path_factory.mktemp("student") / "venv"
    venv.create(folder, with_pip=False)
    home = next(folder.glob("lib/python*/site-packages"))
    (home / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", "-r", "requirements.txt"]
    done = subprocess.run(install, cwd=released, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder / "bin"
