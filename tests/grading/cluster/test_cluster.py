"""A batch graded by real Dask workers comes out as on one machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.grading.cluster.conftest import Cluster, grade, make_class, results

pytest.importorskip("distributed")


def test_a_cluster_gives_the_same_bytes_as_this_machine(cluster: Cluster, tmp_path: Path) -> None:
    batch = make_class(tmp_path / "class", 12)
    (batch / "nobody").mkdir()
    (batch / "=cmd \udcff").mkdir()
    cluster.add_worker("ada")
    cluster.add_worker("grace")
    here = grade(batch, tmp_path / "here")
    there = grade(batch, tmp_path / "there", "--scheduler-file", str(cluster.file))
    assert (here.returncode, there.returncode) == (0, 0), there.stderr + cluster.logs()
    assert results(tmp_path / "here") == results(tmp_path / "there")
    assert sorted(here.stdout.replace("/here/", "/there/").splitlines()) == sorted(there.stdout.splitlines())
    again = grade(batch, tmp_path / "there", "--scheduler", cluster.address)
    assert "14 submissions graded (14 kept" in again.stdout, again.stderr
