"""Whatever dies, no result is lost, none is there twice, and the bytes are those of one machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.grading.cluster.conftest import Cluster, command, grade, make_class, results, wait_for

pytest.importorskip("distributed")


def begin(batch: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    """`misstep grade`, begun."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command(batch, out, *options), cwd=ROOT, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )


def kept(out: Path) -> int:
    """How many lines the store's log holds, by its growth: a running client has the store locked."""
    wal = out / "results.sqlite-wal"
    return wal.stat().st_size if wal.is_file() else 0


def workers_processes(nanny: subprocess.Popen[bytes]) -> list[int]:
    """The Dask workers below a nanny, found in /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (entry / "stat").read_text().rpartition(")")[2].split()
            line = (entry / "cmdline").read_bytes()
            if int(told[1]) == nanny.pid and b"spawn_main" in line:
                found.append(int(entry.name))
    return found


def same_as_here(batch: Path, out: Path) -> bool:
    """Whether the results are those of a run on this machine."""
    here = out.parent / "here"
    done = grade(batch, here)
    assert done.returncode == 0, done.stderr
    names = [json.loads(line)["submission"] for line in results(out).splitlines()]
    assert names == sorted(set(names))
    return results(here) == results(out)


def test_a_killed_worker_and_one_that_joins_late_change_nothing(cluster: Cluster, tmp_path: Path) -> None:
    batch, out = make_class(tmp_path / "class", 40), tmp_path / "out"
    first = cluster.add_worker("first")
    run = begin(batch, out, "--scheduler-file", str(cluster.file))
    wait_for(lambda: kept(out) > 20_000)
    for process in workers_processes(first):
        os.kill(process, signal.SIGKILL)
    cluster.add_worker("late")
    printed, told = run.communicate(timeout=200)
    assert run.returncode == 0, told
    assert "40 submissions graded" in printed
    assert same_as_here(batch, out)


def test_a_client_that_died_goes_on_from_its_store(cluster: Cluster, tmp_path: Path) -> None:
    batch, out = make_class(tmp_path / "class", 40), tmp_path / "out"
    cluster.add_worker("ada")
    run = begin(batch, out, "--scheduler-file", str(cluster.file))
    wait_for(lambda: kept(out) > 20_000)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate(timeout=60)
    again = grade(batch, out, "--scheduler-file", str(cluster.file))
    assert again.returncode == 0, again.stderr
    assert "kept from an earlier run" in again.stdout
    assert same_as_here(batch, out)
