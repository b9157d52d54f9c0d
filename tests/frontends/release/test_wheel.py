"""A wheel is built from a whole checkout with fresh records, or not at all."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.frontends.release import wheel


def test_the_same_sources_give_the_same_wheel() -> None:
    assert wheel.build_wheel() == wheel.build_wheel()


def test_the_wheel_holds_suites_pages_stubs_and_recorded_answers_and_nothing_private() -> None:
    name, content = wheel.build_wheel()
    files = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert name.startswith("misstep-")
    for stage in (3, 5, 6):
        assert f"grader/course/suites/stage{stage}/expected.npz" in files
        assert f"grader/_exercises/stage{stage}/MISTAKES.md" in files
    assert "grader/py.typed" in files
    assert {path.split("/")[0].split("-")[0] for path in files} == {"grader", "misstep"}


def test_stale_records_stop_a_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "is_stale", lambda: [Path("stage5/expected.npz")])
    with pytest.raises(wheel.ReleaseError, match=r"misstep record.*stage5/expected\.npz"):
        wheel.build_wheel()


def test_an_installed_kit_says_that_it_cannot_make_a_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(wheel.grader, "__file__", str(tmp_path / "site-packages/grader/__init__.py"))
    with pytest.raises(wheel.ReleaseError, match="from a checkout"):
        wheel.checkout()


@pytest.mark.parametrize(
    ("output", "said"), [("No module named hatchling", "misstep\\[instructor\\]"), ("boom\n", "cannot be built")]
)
def test_a_build_that_fails_says_why(output: str, said: str) -> None:
    assert re.search(said, wheel._failure(output))


def test_a_course_has_a_wheel_of_its_own(tmp_path: Path) -> None:
    name, content = wheel.build_wheel(b"[points]\ngeneral = 3\n", seed=4711)
    (tmp_path / name).write_bytes(content)
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*pip, str(tmp_path / name)], check=True, cwd=tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "from grader.course.points import bundled_points\n"
        "from grader.grading.reference import NoReference, Recorded, choose_reference, recorded_seed\n"
        "assert isinstance(choose_reference(recorded_seed()), Recorded)\n"
        "try:\n    choose_reference(2026)\nexcept NoReference:\n    print(recorded_seed(), bundled_points().general)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=target, capture_output=True, text=True, check=False)
    assert done.stdout == "4711 3.0\n", done.stderr
