"""How the tests are spread over processes: what shares a costly fixture stays together, and begins first.

pytest-xdist's own ways either give the tests of a module to all processes, so that each of them grades the same class,
or keep the two thousand cases of the matrix in one process.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

# Their fixtures are made once for the whole folder.
TOGETHER = ("tests/frontends/notebooks", "tests/grading/cluster", "tests/frontends/release", "tests/results/report")
# Cheap cases with nothing in common: they fill the gaps at the end.
ALONE = ("tests/test_matrix.py", "tests/frontends/pytest_plugin", "tests/frontends/watch", "tests/frontends/commands")
# What takes longest begins first.
FIRST = (
    "tests/frontends/notebooks",
    "tests/test_attacks.py",
    "tests/grading/cluster",
    "tests/test_contributing.py",
    "tests/frontends/release",
)


def scope(nodeid: str) -> str:
    """What runs in one process: a folder, a file, or a single test."""
    path = nodeid.partition("::")[0]
    folder = next((folder for folder in TOGETHER if path.startswith(f"{folder}/")), None)
    if folder is not None:
        return folder
    return nodeid if path.startswith(ALONE) else path


def turn(item: pytest.Item) -> int:
    """The place of a test in the run."""
    places = [number for number, path in enumerate(FIRST) if item.nodeid.startswith(path)]
    if places:
        return places[0]
    return len(FIRST) + item.nodeid.startswith(ALONE)


class ByCost(LoadScopeScheduling):  # type: ignore[misc]
    """Scopes as above, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)
