"""Workers that would not give the same verdicts are left out, each by its name and with the reason."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.grading.cluster.conftest import Cluster, grade, make_class, results, wait_for

pytest.importorskip("distributed")
pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform != "linux", reason="the full wall is Linux's")]

# `dask worker --preload`: what is told of numpy is all that is compared.
OTHER_NUMPY = "import numpy\nnumpy.__version__ = '1.0.0'\n"
OTHER_PYTHON = "import platform\nplatform.python_version = lambda: '3.99.0'\n"
# As in a container whose rules allow no filter of system calls: a prctl that asks for one is refused.
NO_FILTER = """
import os, platform, struct, sys
from grader.isolation.kernel import PR_SET_SECCOMP, prctl
from grader.isolation.seccomp import Filter
PR_SET_NO_NEW_PRIVS, NUMBER, FIRST_ARGUMENT, ALLOW, EPERM = 38, 0, 16, 0x7FFF0000, 0x00050000 | 1
number = {"x86_64": 157, "aarch64": 167}[platform.machine()]
load, equal, give = 0x20, 0x15, 6
steps = [
    (load, 0, 0, NUMBER), (equal, 0, 3, number), (load, 0, 0, FIRST_ARGUMENT), (equal, 0, 1, PR_SET_SECCOMP),
    (give, 0, 0, EPERM), (give, 0, 0, ALLOW),
]
prctl(PR_SET_NO_NEW_PRIVS, 1)
Filter(b"".join(struct.pack("<HBBI", *step) for step in steps)).install()
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def other_build(home: Path) -> dict[str, str]:
    """The environment of a worker whose misstep has the same version and is not the same."""
    for name in ("grader", "exercises", "solutions"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    page = home / "exercises" / "stage5" / "MISTAKES.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    return {"PYTHONPATH": str(home)}


def test_workers_that_do_not_fit_are_named_and_the_others_grade(cluster: Cluster, tmp_path: Path) -> None:
    batch, address = make_class(tmp_path / "class", 3), ("--scheduler-file", str(cluster.file))
    (tmp_path / "other_numpy.py").write_text(OTHER_NUMPY)
    cluster.add_worker("old-numpy", "--preload", str(tmp_path / "other_numpy.py"))
    (tmp_path / "other_python.py").write_text(OTHER_PYTHON)
    cluster.add_worker("other-python", "--preload", str(tmp_path / "other_python.py"))
    cluster.add_worker("other-build", environment=other_build(tmp_path / "other"))
    cluster.add_worker("no-wall", launcher=("-c", NO_FILTER))
    wait_for(lambda: cluster.logs().count("Register worker addr") == 4)
    refused = grade(batch, tmp_path / "out", *address)
    assert refused.returncode == 2, refused.stderr + cluster.logs()
    assert "none of the 4 Dask worker(s)" in refused.stderr
    told = {line.split(" on ")[0]: line for line in refused.stderr.splitlines() if "left out" in line}
    left_out = "misstep grade: left out: the Dask worker "
    assert told.keys() == {left_out + name for name in ("old-numpy", "other-python", "other-build", "no-wall")}
    assert "numpy 1.0.0 there, " in told[left_out + "old-numpy"]
    assert "Python CPython 3.99.0 there, " in told[left_out + "other-python"]
    assert "another build of misstep" in told[left_out + "other-build"]
    assert "cannot lock a submission in" in told[left_out + "no-wall"]
    cluster.add_worker("fit")
    wait_for(lambda: cluster.logs().count("Register worker addr") == 5)
    there = grade(batch, tmp_path / "out", *address)
    assert there.returncode == 0, there.stderr + cluster.logs()
    assert "fit on " in there.stderr
    assert grade(batch, tmp_path / "here").returncode == 0
    assert results(tmp_path / "out") == results(tmp_path / "here")
