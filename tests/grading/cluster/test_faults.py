"""Whatever dies, no result is lost, none is there twice, and the bytes are those of one machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.grading.cluster.conftest import Cluster, command, end, grade, make_class, results, wait_for

pytest.importorskip("distributed")
pytestmark = pytest.mark.long

KILLS = b"# KILLS ITS WORKER\n"
# What a Dask worker loads first (`--preload`): it dies, as by the kernel when memory is short, over one submission.
DEADLY = f"""
import os, signal
from grader.grading.cluster.station import Station

def deadly(station, bundle, grade=Station.grade):
    if {KILLS!r} in bundle:
        os.kill(os.getpid(), signal.SIGKILL)
    return grade(station, bundle)

Station.grade = deadly
"""


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


@pytest.mark.parametrize("workers", [1, 2])
def test_a_submission_that_kills_its_workers_is_given_up_and_the_others_go_on(
    cluster: Cluster, tmp_path: Path, workers: int
) -> None:
    batch, out = make_class(tmp_path / "class", 12), tmp_path / "out"
    deadly = batch / "student-0003" / "stage5" / "causal_mask.py"
    harmless = deadly.read_bytes() if deadly.exists() else b""
    deadly.write_bytes(KILLS + harmless)
    (tmp_path / "deadly.py").write_text(DEADLY)
    for number in range(workers):
        cluster.add_worker(f"worker-{number}", "--preload", str(tmp_path / "deadly.py"))
    done = grade(batch, out, "--scheduler-file", str(cluster.file))
    assert done.returncode == 1, done.stderr + cluster.logs()
    assert "student-0003 could NOT be graded, a fault of ours" in done.stderr
    assert "Dask workers were lost over it 3 times" in done.stderr
    names = [json.loads(line)["submission"] for line in results(out).splitlines()]
    assert names == [f"student-{number:04}" for number in range(12) if number != 3]
    mended = grade(batch, out)
    assert mended.returncode == 0
    assert same_as_here(batch, out)


def test_a_killed_scheduler_is_told_in_a_line_and_the_same_command_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    batch, out = make_class(tmp_path / "class", 30), tmp_path / "out"
    cluster.add_worker("ada")
    run = begin(batch, out, "--scheduler-file", str(cluster.file))
    wait_for(lambda: kept(out) > 20_000)
    end(cluster.scheduler)
    _, told = run.communicate(timeout=100)
    assert run.returncode == 2, told
    lines = [line for line in told.splitlines() if line]
    assert "Traceback" not in told
    assert all(line.startswith(("misstep grade: ", "The seed ")) or " a second, " in line for line in lines), told
    assert "is gone: start one again; " in lines[-1]
    assert "The same command goes on from there." in lines[-1]
    cluster.start_scheduler()
    cluster.add_worker("grace")
    again = grade(batch, out, "--scheduler-file", str(cluster.file))
    assert again.returncode == 0, again.stderr
    assert "kept from an earlier run" in again.stdout
    assert same_as_here(batch, out)


@pytest.mark.parametrize("machine", [True, False], ids=["worker_and_nanny", "worker_alone"])
def test_a_worker_that_stands_still_is_passed_over_and_may_come_back(
    cluster: Cluster, tmp_path: Path, machine: bool
) -> None:
    batch, out = make_class(tmp_path / "class", 30), tmp_path / "out"
    still = cluster.add_worker("still")
    run = begin(batch, out, "--scheduler-file", str(cluster.file))
    wait_for(lambda: kept(out) > 20_000)
    stopped = [*workers_processes(still), *([still.pid] if machine else [])]
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    cluster.add_worker("other")
    time.sleep(20)
    for process in stopped:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGCONT)
    printed, told = run.communicate(timeout=200)
    assert run.returncode == 0, told
    assert "30 submissions graded" in printed
    assert same_as_here(batch, out)
