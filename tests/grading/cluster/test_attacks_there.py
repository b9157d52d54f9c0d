"""Attacks behind a Dask worker: they get their status, and reach neither the scheduler nor its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.attacks.making import all_attacks
from tests.grading.cluster.conftest import Cluster, grade, make_class, results

pytest.importorskip("distributed")

CHOSEN = {
    "calls_home",
    "fork_bomb",
    "kills_everybody",
    "kills_its_parent",
    "overwrites_the_results",
    "reads_its_environment",
    "reads_its_parents_memory",
    "reads_proc",
}
ATTACKS = [attack for attack in all_attacks() if attack.name in CHOSEN]
# What stands in a Dask worker's environment and on its disk, and where its scheduler listens.
SPY = """
import os, socket

def causal_mask(seq_len):
    ways = {{
        "scheduler": lambda: socket.create_connection(("127.0.0.1", {port}), 2),
        "file": lambda: open({file!r}).read(),
        "folder": lambda: os.listdir({folder!r}),
        "environment": lambda: os.environ["DASK_SECRET"],
        "processes": lambda: open("/proc/%d/environ" % os.getppid(), "rb").read(),
    }}
    reached = []
    for name, way in ways.items():
        try:
            way()
            reached.append(name)
        except Exception:
            pass
    raise RuntimeError("reached " + ",".join(reached) if reached else "all is barred")
"""


def test_attacks_on_a_dask_worker_come_to_nothing(cluster: Cluster, tmp_path: Path) -> None:
    batch = make_class(tmp_path / "class", 4)
    assert len(ATTACKS) == len(CHOSEN)
    for attack in ATTACKS:
        attack.lay(batch / attack.name)
    port = int(cluster.address.rpartition(":")[2])
    spy = SPY.format(port=port, file=str(cluster.file), folder=str(cluster.home))
    (make_class(tmp_path / "spy", 1) / "student-0000").rename(batch / "spy")
    (batch / "spy" / "stage5" / "causal_mask.py").write_text(spy)
    cluster.add_worker("ada", environment={"DASK_SECRET": "the-secret-of-the-worker"})
    options = ("--timeout", "4", "--memory", "96")
    there = grade(batch, tmp_path / "there", "--scheduler-file", str(cluster.file), *options)
    here = grade(batch, tmp_path / "here", *options)
    assert (here.returncode, there.returncode) == (0, 0), there.stderr + cluster.logs()
    lines = {json.loads(line)["submission"]: json.loads(line) for line in results(tmp_path / "there").splitlines()}
    told = [c["message"] for c in lines["spy"]["checks"] if c["exercise"] == "causal_mask" and c["status"] == "error"]
    assert told
    assert all("all is barred" in message for message in told), told
    for attack in ATTACKS:
        statuses = {c["status"] for c in lines[attack.name]["checks"] if c["exercise"] == attack.exercise}
        assert statuses <= {attack.status, "blocked"}, attack.name
    honest = [line for line in results(tmp_path / "there").splitlines() if b'"submission": "student-' in line]
    assert honest == [line for line in results(tmp_path / "here").splitlines() if b'"submission": "student-' in line]
    assert "the-secret-of-the-worker" not in results(tmp_path / "there").decode()
