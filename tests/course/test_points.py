"""What misstep.toml may say about points, and what it means."""

from pathlib import Path

import pytest

from grader.course import points
from grader.course.catalogue import Check, Exercise, Stage, stages
from grader.course.pages import Page
from grader.course.points import PointsError, read_points

PAGES = {
    "5.1": Page("5.1", "Causal mask forgotten", "…"),
    "5.2": Page("5.2", "Scores not scaled by √d_k", "…"),
    "5.3": Page("5.3", "Mask the wrong way round", "Seen in 5 public sources.", sources=5),
    "5.4": Page("5.4", "The mask makes NaN", "Seen in 4 public sources.", sources=4),
}


@pytest.fixture
def a_course(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course with two mistakes of its own and two from public code."""
    monkeypatch.setattr(points, "stages", lambda: (Stage(5, "attention", (), PAGES),))


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "misstep.toml"
    path.write_text(f"[points]\n{text}\n", encoding="utf-8")
    return path


@pytest.mark.usefixtures("a_course")
@pytest.mark.parametrize(
    ("off", "ids"),
    [
        ('["wild"]', {"5.3", "5.4"}),
        ('["wild", "5.1"]', {"5.1", "5.3", "5.4"}),
        ('["5.3", "wild"]', {"5.3", "5.4"}),
        ('["5.3"]', {"5.3"}),
        ("[]", set()),
    ],
)
def test_one_word_switches_off_all_that_was_found_in_public_code(tmp_path: Path, off: str, ids: set[str]) -> None:
    assert read_points(table(tmp_path, f"off = {off}")).off == ids


@pytest.mark.usefixtures("a_course")
def test_a_mistake_that_is_switched_off_is_not_planned(tmp_path: Path) -> None:
    found = read_points(table(tmp_path, 'off = ["wild"]'))
    exercise = Exercise(5, "causal_mask", "causal_mask", ())
    planned = {name: found.planned(exercise, Check(name, "causal_mask", lambda answer, rng: None)) for name in PAGES}
    assert planned == {"5.1": True, "5.2": True, "5.3": False, "5.4": False}


@pytest.mark.usefixtures("a_course")
@pytest.mark.parametrize("off", ['["Wild"]', '["wild", "5.9"]', '"wild"', "[5.3]"])
def test_a_word_that_means_nothing_is_refused_with_the_words_that_do(tmp_path: Path, off: str) -> None:
    with pytest.raises(PointsError, match=r"misstep\.toml: points\.off .*wild"):
        read_points(table(tmp_path, f"off = {off}"))


def test_wild_is_every_page_of_the_course_that_names_its_sources(tmp_path: Path) -> None:
    named = {page.id for level in stages() for page in level.pages.values() if "public sources." in page.body}
    assert read_points(table(tmp_path, 'off = ["wild"]')).off == named


def test_a_table_of_another_user_decides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    table(tmp_path, "general = 1000")
    assert points.find_points(folder).general == 1000
    monkeypatch.setattr(points, "_is_ours", lambda file, start: file.parent != tmp_path)
    assert points.find_points(folder).general == 1
