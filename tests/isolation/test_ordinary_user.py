"""The wall stands for root and for an ordinary user alike."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.nobody import as_nobody


@pytest.mark.long
def test_the_same_tests_pass_for_nobody() -> None:
    prefix = as_nobody()
    if prefix is None:
        pytest.skip("only root can become somebody else, and nobody must be able to run this Python")
    files = [str(Path(__file__).with_name(f"test_{name}.py")) for name in ("escapes", "containment")]
    basetemp = Path(tempfile.gettempdir()) / f"misstep-nobody-{os.getpid()}"
    command = [*prefix, sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, f"--basetemp={basetemp}", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
    )
    shutil.rmtree(basetemp, ignore_errors=True)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]
    assert "skipped" not in run.stdout
