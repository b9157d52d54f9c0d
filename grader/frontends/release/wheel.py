"""The wheel of the students' edition, built from a checkout of the kit without a network."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import grader
from grader.grading.recording import is_stale


class ReleaseError(Exception):
    """A release is not possible; the text says what is missing."""


def checkout() -> Path:
    """The root of the checkout that this package runs from. Raises ReleaseError for an installed wheel."""
    root = Path(grader.__file__).resolve().parents[1]
    if not (root / "pyproject.toml").is_file() or not (root / "solutions").is_dir():
        raise ReleaseError(
            f"a release is made from a checkout of misstep (pip install -e '.[instructor]'), and {root} is none"
        )
    return root


def build_wheel() -> tuple[str, bytes]:
    """The wheel's file name and content; the same sources give the same bytes.

    Raises ReleaseError also where the recorded answers, by which a wheel judges results, are not up to date.
    """
    root = checkout()
    stale = ", ".join(str(path) for path in is_stale())
    if stale:
        raise ReleaseError(f"run `misstep record` first, this is not what the solutions answer: {stale}")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            raise ReleaseError(_failure(done.stderr or done.stdout))
        return wheels[0].name, wheels[0].read_bytes()


def _failure(output: str) -> str:
    if "No module named hatchling" in output:
        return "building the wheel needs hatchling: pip install 'misstep[instructor]'"
    return f"the wheel cannot be built:\n{output.strip()}"
