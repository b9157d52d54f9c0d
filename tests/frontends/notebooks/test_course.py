"""Making a course and bringing it up to date."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.course.catalogue import stage, stages
from grader.course.pages import solutions_home
from grader.course.points import Points
from tests.conftest import Run

pytest.importorskip("nbgrader")

from grader.frontends.notebooks.course import make_course
from grader.frontends.notebooks.merge import merge, stamped
from grader.frontends.notebooks.sheet import checks_by_id, notebook
from grader.frontends.notebooks.sheet import test_id as name_of_test
from grader.results.folded_hints import folded_hints

SOURCE = "source/stage5/stage5.ipynb"


def made(level: Any) -> dict[str, Any]:
    home = solutions_home()
    assert home is not None
    return notebook(level, Points(), home)


@pytest.mark.parametrize("level", stages(), ids=lambda level: level.name)
def test_every_notebook_is_valid_and_solves_itself(level: Any) -> None:
    import nbformat

    cells = made(level)["cells"]
    nbformat.validate(nbformat.from_dict(made(level)))
    space: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code" and not cell["metadata"]["nbgrader"]["grade"]:
            exec(compile(cell["source"], cell["id"], "exec"), space)
    assert all(exercise.name in space for exercise in level.exercises)


@pytest.mark.parametrize("level", stages(), ids=lambda level: level.name)
def test_every_check_has_a_test_cell_of_its_own(level: Any) -> None:
    words = [cell["metadata"]["nbgrader"] for cell in made(level)["cells"]]
    tests = [word["grade_id"] for word in words if word["grade"]]
    assert sorted(tests) == sorted(name_of_test(e, check) for e in level.exercises for check in e.checks)
    assert len(checks_by_id(tests)) == len(tests)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", word["grade_id"]) for word in words)
    assert len({word["grade_id"] for word in words}) == len(words)


@pytest.mark.parametrize("level", stages(), ids=lambda level: level.name)
def test_the_example_of_every_exercise_prints_what_it_says(level: Any, capsys: pytest.CaptureFixture[str]) -> None:
    space: dict[str, Any] = {}
    for cell in made(level)["cells"]:
        if cell["cell_type"] != "code" or cell["metadata"]["nbgrader"]["grade"]:
            continue
        exec(cell["source"], space)
        if cell["id"].endswith("-try"):
            said = [line.removeprefix("#").strip() for line in cell["source"].splitlines() if line.startswith("#  ")]
            printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
            assert printed == said or [line for line in printed if line] == [line for line in said if line]


def test_the_same_sources_make_the_same_course(tmp_path: Path) -> None:
    for name in ("one/course", "two/course"):
        make_course(tmp_path / name, seed=1)
    paths = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert len(paths) >= 2 * len(stages())  # a notebook and its pages for each stage
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in paths)


def test_points_that_are_switched_off_have_no_cell(tmp_path: Path) -> None:
    (tmp_path / "misstep.toml").write_text('[points]\ngeneral = 2\noff = ["5.3"]\n')
    make_course(tmp_path, [5])
    words = [cell["metadata"]["nbgrader"] for cell in json.loads((tmp_path / SOURCE).read_text())["cells"]]
    points = {word["grade_id"]: word["points"] for word in words if word["grade"]}
    assert "stage5-scaled_attention-5_3" not in points
    assert points["stage5-scaled_attention-result"] == 2


def test_the_seed_is_secret_random_and_kept(tmp_path: Path) -> None:
    make_course(tmp_path / "one", [5])
    make_course(tmp_path / "two", [5])
    one, two = ((tmp_path / name / ".misstep-seed").read_text() for name in ("one", "two"))
    assert one != two
    make_course(tmp_path / "one")
    assert (tmp_path / "one/.misstep-seed").read_text() == one
    assert one.strip() not in (tmp_path / "one" / SOURCE).read_text()


def test_a_release_holds_no_solution_no_seed_and_no_hidden_test(handed_in: Path) -> None:
    text = (handed_in / "release/stage5/stage5.ipynb").read_text()
    assert "4711" not in text
    assert "hidden=True" not in text
    assert "SOLUTION" not in text
    assert text.count("raise NotImplementedError") == len(stage(5).exercises)
    assert 'check(\\"scaled_attention\\", \\"5.9\\")' in text


def test_the_links_of_a_notebook_lead_to_the_pages_beside_it(handed_in: Path) -> None:
    notebook_text = (handed_in / "release/stage5/stage5.ipynb").read_text()
    page = (handed_in / "release/stage5/MISTAKES.html").read_text()
    links = set(re.findall(r"\(MISTAKES\.html#([\w-]+)\)", notebook_text))
    assert links == {page.link.partition("#")[2] for page in stage(5).pages.values()}
    assert all(f'id="{anchor}"' in page for anchor in links)
    assert all(page.count(folded_hints(mistake)) == 1 for mistake in stage(5).pages)


def test_without_misstep_a_test_cell_says_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    cells = {cell["id"]: cell["source"] for cell in made(stages()[1])["cells"]}
    space: dict[str, Any] = {}
    blocked = "import sys\nsys.modules['grader.frontends.notebooks'] = None\n"
    program = blocked + cells["stage5-setup"] + "\n" + cells["stage5-causal_mask-5_1"]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "install misstep as your course says" in done.stdout
    assert not space


def test_nothing_of_jupyter_is_imported_by_a_student(tmp_path: Path) -> None:
    program = (
        "import sys, grader.frontends.notebooks, grader.frontends.cli, grader.frontends.pytest_plugin.plugin\n"
        "print(sorted({n.partition('.')[0] for n in sys.modules} & {'nbgrader', 'nbformat', 'IPython', 'traitlets'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "[]"


def edited(course: Path, name: str, source: str) -> None:
    text = json.loads((course / SOURCE).read_text())
    next(cell for cell in text["cells"] if cell["id"] == name)["source"] = source
    (course / SOURCE).write_text(json.dumps(text))


def test_an_update_keeps_what_the_instructor_changed_added_and_deleted(tmp_path: Path) -> None:
    make_course(tmp_path, [5])
    text = json.loads((tmp_path / SOURCE).read_text())
    own = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "Due on Friday."}
    text["cells"].insert(3, own)
    text["cells"] = [cell for cell in text["cells"] if cell["id"] != "stage5-heads-try"]
    del text["cells"][5]
    (tmp_path / SOURCE).write_text(json.dumps(text))
    edited(tmp_path, "stage5-introduction", "# Our own words")
    done = make_course(tmp_path)
    after = json.loads((tmp_path / SOURCE).read_text())["cells"]
    assert not done.conflicts
    assert after[0]["source"] == "# Our own words"
    assert after[3]["source"] == "Due on Friday."
    assert len(after) == len(text["cells"])
    assert "stage5-introduction" in done.notebooks[SOURCE].kept


def test_an_update_brings_what_is_new_and_names_conflicts() -> None:
    ours = made(stages()[1])
    theirs = json.loads(json.dumps(stamped(ours)))
    theirs["cells"][0]["source"] = "theirs"
    new = json.loads(json.dumps(ours))
    new["cells"][0]["source"] = "ours, and new"
    new["cells"][1]["source"] = "new"
    added = {**new["cells"][2], "id": "added", "metadata": {"nbgrader": {"grade_id": "added"}}, "source": "added"}
    new["cells"].insert(3, added)
    withdrawn = new["cells"].pop()
    done = merge(theirs, new)
    assert [cell["source"] for cell in done.notebook["cells"]][:2] == ["theirs", "new"]
    assert done.notebook["cells"][3]["source"] == "added"
    assert withdrawn["id"] not in [cell["id"] for cell in done.notebook["cells"]]
    assert done.conflicts == [ours["cells"][0]["id"]]


def test_a_changed_config_is_a_conflict_only_where_ours_has_changed_too(run: Run, tmp_path: Path) -> None:
    make_course(tmp_path, [5])
    config = tmp_path / "nbgrader_config.py"
    config.write_text(config.read_text() + "\n# mine\n")
    done = run("grader", "nbgrader", tmp_path)
    assert done.returncode == 0
    assert "kept as you changed it: nbgrader_config.py" in done.stdout
    assert config.read_text().endswith("# mine\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["{home}", "--stage", "4"], "there is no stage 4"),
        (["{home}", "other"], "unrecognized arguments: other"),
        (["autograde"], "arguments are required: ASSIGNMENT"),
        (["autograde", "stage5", "--course", "{home}"], "is no course"),
        (["autograde", "stage9", "--course", "{course}"], "generate_assignment stage9"),
        (["autograde", "stage5", "--course", "{course}", "--student", "nobody"], "no submission from 'nobody'"),
    ],
)
def test_what_makes_no_sense_is_said(words: list[str], said: str, run: Run, tmp_path: Path, handed_in: Path) -> None:
    given = [word.format(home=tmp_path / "new", course=handed_in) for word in words]
    done = run("grader", "nbgrader", *given)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
