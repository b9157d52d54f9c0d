"""What a task sheet says of the documented mistakes is what the catalogue holds."""

from __future__ import annotations

import re

import pytest

from grader.course.catalogue import Stage, stages
from tests.conftest import ROOT

ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
MISTAKE = re.compile(r"\b\d+\.\d+\b")
NUMBER = r"(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty)"
COUNT = re.compile(rf"\b{NUMBER}(-\w+)? (documented )?(mistakes|pages|checks|ways)\b", re.IGNORECASE)
TEXTS = ["README.md", *(str(path.relative_to(ROOT)) for path in ROOT.glob("exercises/stage*/*.md"))]


def rows(level: Stage) -> list[tuple[set[str], set[str]]]:
    """The rows of the sheet's tables that name exercises: their names, and the mistakes in the row."""
    names = {exercise.name for exercise in level.exercises}
    text = (ROOT / "exercises" / level.name / "README.md").read_text(encoding="utf-8")
    found = [
        (set(re.findall(r"`(\w+)`", row)) & names, set(re.findall(r"\b\d+\.\d+\b", row))) for row in ROW.findall(text)
    ]
    return [row for row in found if row[0]]


@pytest.mark.parametrize("level", stages(), ids=lambda level: level.name)
def test_a_sheet_names_every_exercise_in_its_table(level: Stage) -> None:
    assert set().union(*(names for names, _ in rows(level))) == {exercise.name for exercise in level.exercises}


@pytest.mark.parametrize("level", stages(), ids=lambda level: level.name)
def test_a_sheet_names_no_mistake_that_its_exercise_cannot_show(level: Stage) -> None:
    can_show = {exercise.name: {check.id for check in exercise.checks} for exercise in level.exercises}
    for names, mistakes in rows(level):
        assert mistakes <= set().union(*(can_show[name] for name in names)), names


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_counts_the_mistakes(name: str) -> None:
    """A count in prose is false as soon as somebody adds a mistake."""
    assert not COUNT.search((ROOT / name).read_text(encoding="utf-8"))
