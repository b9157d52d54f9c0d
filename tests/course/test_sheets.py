"""What a task sheet says of the documented mistakes is what the catalogue holds."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader.course.catalogue import Stage, stages
from grader.course.hints import hints
from tests.conftest import ROOT
from tests.editing import prose

ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
MISTAKE = re.compile(r"\b\d+\.\d+\b")
NUMBER = r"(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty)"
COUNT = re.compile(rf"\b{NUMBER}(-\w+)? (documented )?(mistakes|pages|checks|ways)\b", re.IGNORECASE)
STUBS = sorted(ROOT.glob("exercises/stage*/*.py"))
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


@pytest.mark.parametrize("name", [*TEXTS, "docs/students.md", "docs/milestones.md"])
def test_no_sentence_of_a_text_is_long_and_no_word_banned(name: str) -> None:
    assert list(prose((ROOT / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("stub", STUBS, ids=lambda stub: f"{stub.parent.name}-{stub.stem}")
def test_no_sentence_of_a_stub_is_long_and_no_word_banned(stub: Path) -> None:
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    documented = [tree, *(node for node in tree.body if isinstance(node, ast.FunctionDef))]
    assert [said for node in documented for said in prose(ast.get_docstring(node) or "")] == []


@pytest.mark.parametrize("level", stages(), ids=lambda level: level.name)
def test_no_question_or_hint_is_long_and_no_word_of_it_banned(level: Stage) -> None:
    questions = [check.question for exercise in level.exercises for check in exercise.checks]
    steps = [step for mistake in level.pages for step in hints(mistake)]
    assert [said for text in (*questions, *steps) for said in prose(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "A sentence " + "with very many words " * 9 + "in it.",
        "Fine.\n\nWhat masked keys had was taken away, not shared out anew.",
        "| a | table |\n\nYour result is no array.",
    ],
)
def test_the_reader_of_texts_finds_what_is_odd(text: str) -> None:
    assert list(prose(text))


def test_the_reader_of_texts_leaves_code_and_tables_alone() -> None:
    assert list(prose("```\n" + "word " * 50 + "\n```\n| " + "cell " * 50 + "|\n\nFine.\n")) == []
