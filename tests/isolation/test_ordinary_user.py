"""The wall stands for root and for an ordinary user alike."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The interpreter may lie where nobody may read: this one right is left, and it is none of the wall's.
NOBODY = ("--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all,+dac_read_search")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="there is no setpriv here")
def test_the_same_tests_pass_for_nobody(tmp_path: Path) -> None:
    files = [str(Path(__file__).with_name(f"test_{name}.py")) for name in ("escapes", "containment")]
    command = ["setpriv", *NOBODY, "--ambient-caps=-all,+dac_read_search", sys.executable, "-B", "-m", "pytest"]
    basetemp = Path("/tmp") / f"misstep-nobody-{os.getpid()}"
    run = subprocess.run(
        [*command, "-q", "-p", "no:cacheprovider", f"--basetemp={basetemp}", *files],
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
