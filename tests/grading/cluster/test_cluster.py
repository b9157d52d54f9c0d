"""A batch graded by real Dask workers comes out as on one machine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.making import all_attacks
from tests.grading.cluster.conftest import SEED, Cluster, grade, make_class, results

Client = pytest.importorskip("distributed").Client

CHOSEN = {
    "calls_home",
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
OPTIONS = ("--timeout", "4", "--memory", "96")


def make_spy(folder: Path, cluster: Cluster) -> None:
    """A submission that looks for all that a Dask worker has and a student shall not have."""
    port = int(cluster.address.rpartition(":")[2])
    folder.mkdir(parents=True)
    spy = SPY.format(port=port, file=str(cluster.file), folder=str(cluster.home))
    (folder / "causal_mask.py").write_text(spy)


@pytest.fixture(scope="module")
def batch(shared: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small class, two folders that hold nothing, a few attacks and a spy."""
    home = make_class(tmp_path_factory.mktemp("class"), 5)
    (home / "nobody").mkdir()
    (home / "=cmd \udcff").mkdir()
    assert len(ATTACKS) == len(CHOSEN)
    for attack in ATTACKS:
        attack.lay(home / attack.name)
    make_spy(home / "spy" / "stage5", shared)
    return home


@pytest.fixture(scope="module")
def there(shared: Cluster, batch: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class as the Dask workers graded it."""
    out = tmp_path_factory.mktemp("there")
    done = grade(batch, out, "--scheduler-file", str(shared.file), *OPTIONS)
    assert done.returncode == 0, done.stderr + shared.logs()
    assert re.search("dashboard: http://", done.stderr)
    assert re.search(r"ada on .*: \d+ graded, ", done.stderr)
    return out


def lines(out: Path) -> dict[str, bytes]:
    """The line of results.jsonl of each submission."""
    return {json.loads(line)["submission"]: line for line in results(out).splitlines()}


def test_a_cluster_gives_the_same_bytes_as_this_machine(
    shared: Cluster, batch: Path, there: Path, tmp_path: Path
) -> None:
    here = grade(batch, tmp_path / "here", *OPTIONS)
    assert here.returncode == 0, here.stderr
    # What an attack says of the process it met is of one process; all else is the same.
    told, expected = lines(there), lines(tmp_path / "here")
    assert told.keys() == expected.keys()
    assert [name for name in told if name not in CHOSEN and told[name] != expected[name]] == []
    again = grade(batch, there, "--scheduler", shared.address, *OPTIONS)
    assert f"{len(told)} submissions graded ({len(told)} kept" in again.stdout, again.stderr


def test_attacks_on_a_dask_worker_come_to_nothing(shared: Cluster, there: Path) -> None:
    told = {name: json.loads(line)["checks"] for name, line in lines(there).items()}
    spied = [c["message"] for c in told["spy"] if c["exercise"] == "causal_mask" and c["status"] == "error"]
    assert spied
    assert all("all is barred" in message for message in spied), spied
    for attack in ATTACKS:
        statuses = {c["status"] for c in told[attack.name] if c["exercise"] == attack.exercise}
        assert statuses <= {attack.status, "blocked"}, attack.name
    assert shared.SECRET not in results(there).decode()


def test_logs_of_scheduler_and_workers_hold_neither_texts_nor_the_seed(shared: Cluster, there: Path) -> None:
    written = shared.logs()
    assert "Starting Worker plugin misstep-" in written
    for secret in ("causal_mask", "student-0000", SEED, shared.SECRET):
        assert secret not in written
    kept = [path.read_bytes() for path in (shared.home / "local").rglob("*") if path.is_file()]
    assert not any(b"causal_mask" in content for content in kept)


def test_the_scheduler_keeps_no_text_and_workers_measure_themselves_again_after_a_run(
    shared: Cluster, there: Path
) -> None:
    def messages(dask_scheduler: Any) -> list[int]:
        return [len(comm.recent_message_log) for comm in dask_scheduler.stream_comms.values()]

    def interval(dask_worker: Any) -> float:
        return float(dask_worker.periodic_callbacks["tick"].callback_time)

    with Client(shared.address, set_as_default=False) as client:
        assert client.run_on_scheduler(messages) == [0, 0]
        assert set(client.run(interval).values()) == {20.0}
