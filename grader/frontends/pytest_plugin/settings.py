"""What a run has decided: seed, points and right answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from grader.grading.examine import Settings


def settings_of(config: pytest.Config, path: Path) -> Settings:
    """The settings for a stage's directory. Raises CollectError, which pytest shows once."""
    from grader.course.points import PointsError, find_points
    from grader.grading.examine import Settings
    from grader.grading.reference import PUBLIC_SEED, NoReference, choose_reference

    given = config.getoption("misstep_seed")
    seed = PUBLIC_SEED if given is None else given
    try:
        return Settings(seed, find_points(path), choose_reference(seed), config.getoption("misstep_line_seconds"))
    except (PointsError, NoReference) as error:
        raise pytest.Collector.CollectError(str(error)) from error
