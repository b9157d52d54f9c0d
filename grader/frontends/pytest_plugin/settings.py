"""What a run has decided: seed, points and right answers, and whether pictures are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from grader.grading.examine import Functions, Settings
    from grader.results.verdict import Verdict


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


def pictured(found: Iterable[tuple[Verdict, object]], functions: Functions, config: pytest.Config) -> list[Verdict]:
    """The verdicts, with pictures where they are asked for: the student's functions are called for each."""
    verdicts = [verdict for verdict, _ in found]
    if not config.getoption("misstep_pictures"):
        return verdicts
    from grader.grading.pictures import with_pictures

    return with_pictures(verdicts, lambda _: functions)
