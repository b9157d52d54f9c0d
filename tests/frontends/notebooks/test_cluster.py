"""`misstep nbgrader autograde` on a Dask cluster: grades and notebooks as on one machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.notebooks.conftest import Command, copied, scores
from tests.frontends.notebooks.students import ASSIGNMENT
from tests.grading.cluster.conftest import Cluster

pytest.importorskip("distributed")


@pytest.mark.long
def test_a_cluster_fills_the_gradebook_as_this_machine_does(
    handed_in: Path, graded_by_us: Path, command: Command, tmp_path: Path
) -> None:
    course = copied(handed_in, "on-a-cluster")
    (course / "submitted" / "empty-handed" / ASSIGNMENT).mkdir(parents=True)
    cluster = Cluster(tmp_path)
    try:
        for name in ("ada", "grace"):
            cluster.add_worker(name)
        where = ("--scheduler-file", str(cluster.file))
        done = command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, *where)
        again = command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, *where)
    finally:
        cluster.close()
    assert "misstep nbgrader: on the Dask cluster at " in done.stderr
    assert "misstep nbgrader: ada on " in done.stderr
    # How far the one whose code runs on and on gets is a matter of the clock.
    here, there = scores(graded_by_us), scores(course)
    assert here.keys() == there.keys()
    assert [student for student in here if student != "loops" and here[student] != there[student]] == []
    written = [p for p in sorted((graded_by_us / "autograded").glob("*/*/*.ipynb")) if "loops" not in p.parts]
    assert len(written) > 10
    for path in written:
        assert (course / path.relative_to(graded_by_us)).read_bytes() == path.read_bytes(), path
    assert "kept from an earlier run" in again.stdout
    assert "graded, " not in again.stderr


def test_certificates_without_a_cluster_are_refused(handed_in: Path, command: Command) -> None:
    words = ("autograde", ASSIGNMENT, "--tls-key", "key.pem")
    assert "give its --scheduler" in command(handed_in, "grader", "nbgrader", *words, status=2).stderr
