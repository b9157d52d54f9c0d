"""CONTRIBUTING.md adds a mistake, an exercise and a stage; here all its steps are taken, word for word, in a copy."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from grader.course.catalogue import stage, stage_numbers
from tests.conftest import ROOT, STALE, run_module
from tests.warm import BARE

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(r"<!-- (append|create|insert): (\S+)(?: after (.+?))? -->\n(`{3,})\w*\n(.*?)\n\4\n", re.DOTALL)
NEW_PAGE = re.compile(r"^## Mistake (\d+)\n\n\*\*(\d+)\.\1 · (.+)\*\*$", re.MULTILINE)
# The stage that the guide adds, and the number that is free for it.
ADDED = int(re.search(r"<!-- create: exercises/stage(\d+)/README.md -->", GUIDE)[1])  # type: ignore[index]
NEW_STAGE = max(stage_numbers()) + 1
# What is no part of the repository.
STRAY = shutil.ignore_patterns(".git", ".venv", "*.egg-info", ".*_cache", STALE, "build", "dist")
# What adding to the course cannot touch: the wall, which knows no suite; and these steps themselves, without an end.
UNTOUCHED = ("tests/isolation", "tests/test_attacks.py", "tests/test_contributing.py")
# The tests of pages, hints, sheets, stubs and numbers, and of the matrix the answers beside what is added; the whole of
# it and all other tests are in the long run.
QUICK = (
    *(f"tests/course/test_{name}.py" for name in ("pages", "hints", "sheets", "stubs", "points")),
    "tests/course/evidence",
    "tests/test_matrix.py",
    "tests/test_messages.py",
    "tests/test_spoilt.py",
)
# Of what asks every answer, those beside what is added; of what reads samples, the new stage.
NEW = f"""
    not (test_matrix or test_messages or test_spoilt or evidence) or positions or perplexity or top_k or temperature
    or last_token or test_messages and stage{NEW_STAGE}
"""


def with_free_numbers(text: str) -> str:
    """The guide with the next free number for the stage that it adds, and for every mistake that it adds to ours."""
    text = re.sub(rf"(\b[Ss]tage ?){ADDED}\b", rf"\g<1>{NEW_STAGE}", text)
    text = re.sub(rf"(?<![\w.]){ADDED}\.(\d+)\b(?!\))", rf"{NEW_STAGE}.\1", text)
    for number, level, _ in NEW_PAGE.findall(text):
        if int(level) in stage_numbers():
            free = len(stage(int(level)).pages) + 1
            text = text.replace(f"## Mistake {number}\n\n**{level}.", f"## Mistake {free}\n\n**{level}.")
            text = re.sub(rf"\b{level}\.{number}\b", f"{level}.{free}", text)
    return text


def take(home: Path, action: str, name: str, place: str, text: str) -> None:
    """One step of the guide."""
    path = home / name
    if action == "insert":
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (at,) = (number for number, line in enumerate(lines, 1) if line.startswith(place))
        path.write_text("".join([*lines[:at], f"{text}\n", *lines[at:]]), encoding="utf-8")
        return
    assert path.exists() == (action == "append"), name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"{text}\n")


def python(
    home: Path, *arguments: str | Path, cwd: Path | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a module with the copy's own package, whatever is installed."""
    environment = {"PYTHONPATH": str(home)}
    return run_module(*arguments, cwd=cwd or home, environment=environment, modules=BARE, **options)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with all steps of CONTRIBUTING.md taken."""
    home = tmp_path_factory.mktemp("copy") / "misstep"
    shutil.copytree(ROOT, home, ignore=STRAY)
    for action, name, place, _, text in STEP.findall(with_free_numbers(GUIDE)):
        take(home, action, name, place, text)
    done = python(home, "grader", "record")
    assert done.returncode == 0, done.stderr
    return home


def new_id(number: int) -> str:
    """The id of the mistake that the guide adds to a stage."""
    return f"{number}.{len(stage(number).pages) + 1}"


def handed_in(copy: Path, home: Path, number: int, stem: str, answer: str) -> Path:
    """A stage's solutions with one answer laid over."""
    folder = home / f"stage{number}"
    shutil.copytree(copy / f"solutions/stage{number}", folder, ignore=shutil.ignore_patterns("answers", "__pycache__"))
    kept = copy / f"solutions/stage{number}/answers/{stem}/{answer}.py"
    with (folder / f"{stem}.py").open("a") as stream:
        stream.write("\n\n" + kept.read_text())
    return folder


def test_the_guide_adds_a_mistake_an_exercise_and_a_stage() -> None:
    for begin, least in (("a documented mistake", 3), ("an exercise", 8), ("a stage", 15)):
        section = GUIDE.partition(f"\n## I want to add {begin}\n")[2].partition("\n## ")[0]
        # Sections end at a heading outside of the examples.
        text = GUIDE[GUIDE.index(section) :].partition("\n## I want to ")[0]
        assert len(STEP.findall(text)) >= least, begin


def test_the_numbers_of_the_guide_follow_those_that_are_taken() -> None:
    added = [(level, number) for number, level, _ in NEW_PAGE.findall(with_free_numbers(GUIDE))]
    assert (("5", new_id(5).partition(".")[2])) in added
    assert (("3", new_id(3).partition(".")[2])) in added


def run_tests(copy: Path, *chosen: str, **options: Any) -> None:
    """Tests of the copy."""
    done = python(copy, "pytest", "-q", "-p", "no:cacheprovider", *chosen, **options)
    assert done.returncode == 0, done.stdout[-8000:]


def test_what_reads_the_course_is_green_with_all_that_is_new(copy: Path) -> None:
    run_tests(copy, *QUICK, "-k", " ".join(NEW.split()))


@pytest.mark.long
def test_the_whole_suite_is_green_with_all_that_is_new(copy: Path) -> None:
    run_tests(copy, "-n", "2", *(f"--ignore={name}" for name in UNTOUCHED), fresh=True, seconds=3000)


def test_the_matrix_of_the_copy_holds_what_is_new(copy: Path) -> None:
    listed = python(copy, "pytest", "tests/test_matrix.py", "--collect-only", "-q").stdout
    for name in (
        "stage5/positions/loop_stops_early",
        "stage3/perplexity/mean_of_exp",
        f"stage{NEW_STAGE}/top_k/smallest",
    ):
        assert name in listed


@pytest.mark.parametrize(
    ("number", "stem", "answer", "seen"),
    [
        (5, "positions", "loop_stops_early", f"{new_id(5)} Last token without a position"),
        (3, "perplexity", "mean_of_exp", f"{new_id(3)} Mean taken after exp"),
        (NEW_STAGE, "top_k", "smallest", f"{NEW_STAGE}.3 Smallest kept"),
    ],
)
def test_a_student_sees_its_block_and_its_page(
    copy: Path, tmp_path: Path, number: int, stem: str, answer: str, seen: str
) -> None:
    done = python(copy, "pytest", handed_in(copy, tmp_path, number, stem, answer), cwd=copy)
    mistake, title = seen.split(" ", 1)
    assert re.search(rf"{re.escape(mistake)} +{title}", done.stdout), done.stdout
    assert f"exercises/stage{number}/MISTAKES.md#mistake-{mistake.partition('.')[2]}" in done.stdout
    assert title in python(copy, "grader", "explain", mistake).stdout


def test_the_stubs_of_the_new_stage_are_to_do(copy: Path) -> None:
    done = python(copy, "pytest", f"exercises/stage{NEW_STAGE}")
    assert done.returncode == 1
    assert f"Stage {NEW_STAGE} · sampling" in done.stdout
    assert "0 of 5 points" in done.stdout


def test_a_batch_of_the_new_stage_is_graded(copy: Path, tmp_path: Path) -> None:
    for name, answer in (("ada", "partition"), ("bob", "smallest"), ("eve", "zeros")):
        handed_in(copy, tmp_path / "batch" / name, NEW_STAGE, "top_k", answer)
    done = python(copy, "grader", "grade", tmp_path / "batch", "--out", tmp_path / "out", "--isolation", "none")
    assert done.returncode == 0, done.stderr
    results = [json.loads(line) for line in (tmp_path / "out/results.jsonl").read_text().splitlines()]
    named = [{c["id"] for c in result["checks"] if c["status"] == "mistake"} for result in results]
    assert named == [set(), {f"{NEW_STAGE}.3"}, {f"{NEW_STAGE}.2"}]
    assert results[0]["score"] == results[0]["max_score"] == 5


def test_the_new_stage_is_released_and_runs_there(copy: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    done = python(copy, "grader", "release", course, "--stages", str(NEW_STAGE))
    assert done.returncode == 0, done.stdout + done.stderr
    released = next(course.rglob(f"stage{NEW_STAGE}"))
    (released / "temperature.py").write_text((copy / f"solutions/stage{NEW_STAGE}/temperature.py").read_text())
    (wheel,) = course.rglob("misstep-*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    done = python(tmp_path / "installed", "pytest", released, cwd=course)
    assert "apply_temperature" in done.stdout, done.stdout + done.stderr
    assert "2 of 5 points" in done.stdout


def test_the_new_stage_is_a_notebook_of_nbgraders_course(copy: Path, tmp_path: Path) -> None:
    pytest.importorskip("nbgrader")
    done = python(copy, "grader", "nbgrader", tmp_path / "course", "--stages", str(NEW_STAGE))
    assert done.returncode == 0, done.stdout + done.stderr
    (notebook,) = tmp_path.glob(f"course/source/*/stage{NEW_STAGE}.ipynb")
    text = notebook.read_text()
    for check in ("apply_temperature-7_1", "keep_top_k-7_2", "keep_top_k-7_3", "keep_top_k-result"):
        assert f"stage{NEW_STAGE}-{check}" in text


def test_a_workflow_on_github_grades_the_new_stage(copy: Path, tmp_path: Path) -> None:
    handed_in(copy, tmp_path / "exercises", NEW_STAGE, "top_k", "smallest")
    done = python(copy, "grader", "github", "--isolation", "none", cwd=tmp_path)
    assert f"{NEW_STAGE}.3" in done.stdout + done.stderr
