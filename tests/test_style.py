"""The house is in order: ruff and mypy are clean, and no module outgrows its idea."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LONGEST_MODULE = 250


LINTERS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    # Has no `python -m` of its own. It holds the rooms to one direction: see pyproject.toml.
    "import-linter": ("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"),
}


@pytest.mark.parametrize("arguments", LINTERS.values(), ids=LINTERS)
def test_the_linters_have_nothing_to_say(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "grader").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_outgrows_its_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
