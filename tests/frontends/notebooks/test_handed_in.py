"""Notebooks under other names, in other places, in other times: graded with a note, or named."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbgrader")

from grader.frontends.notebooks.handed_in import find_notebooks, handed_in_at
from tests.frontends.notebooks.conftest import Command, copied, scores
from tests.frontends.notebooks.students import ASSIGNMENT, Class, Notebook, cell, code


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (["stage5.ipynb", "stage5-old.ipynb"], "stage5.ipynb"),
        (["stage5-jane.ipynb", "notes.ipynb"], "stage5-jane.ipynb"),
        (["stage5 (1).ipynb"], "stage5 (1).ipynb"),
        (["Copy of stage5.ipynb"], "Copy of stage5.ipynb"),
        (["Stage_5.ipynb"], "Stage_5.ipynb"),
        (["stage5/stage5.ipynb"], "stage5/stage5.ipynb"),
        (["a/b/c/stage5.ipynb", "stage55.ipynb"], "a/b/c/stage5.ipynb"),
        (["homework.ipynb"], "homework.ipynb"),
        ([".ipynb_checkpoints/stage5.ipynb", "__MACOSX/stage5.ipynb"], None),
        (["stage5-a.ipynb", "stage5-b.ipynb"], None),
        (["a.ipynb", "b.ipynb"], None),
        ([], None),
    ],
)
def test_the_one_notebook_that_fits_is_taken(tmp_path: Path, there: list[str], taken: str | None) -> None:
    for name in there:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        source = f"# {name}\ndef split_heads(x, n_heads): ..."
        cells = [{"cell_type": "code", "metadata": {}, "source": source}]
        (tmp_path / name).write_text(json.dumps({"cells": cells}))
    found, notes = find_notebooks(tmp_path, ["stage5"])
    assert found == ({"stage5": tmp_path / taken} if taken else {})
    assert bool(notes) == (taken != "stage5.ipynb")
    assert all(name in notes[0] for name in there if not taken and not name.startswith((".", "__")))


def test_a_link_is_no_notebook(tmp_path: Path) -> None:
    (tmp_path / "stage5-jane.ipynb").symlink_to("/etc/passwd")
    assert find_notebooks(tmp_path, ["stage5"])[0] == {}


@pytest.mark.parametrize("text", ["gestern um 10", "2024-13-45", "\x00"])
def test_a_time_that_is_none_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "timestamp.txt").write_text(text)
    found, note = handed_in_at(tmp_path)
    assert found is None
    assert "timestamp.txt says" in note


def with_a_helper(everyone: Class) -> Notebook:
    """Solved, with one function taken from a file beside the notebook."""

    def change(notebook: Notebook) -> None:
        answer = cell(notebook, "stage5-add_positions")
        answer["source"] = f"from utils import same\n{answer['source']}\nadd_positions = same(add_positions)"

    return everyone.solved_but(change)


@pytest.fixture(scope="module")
def odd(handed_in: Path, command: Command) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A class that handed in what is right in every other way; graded by our command."""
    course = copied(handed_in, "odd")
    subprocess.run(["rm", "-r", str(course / "submitted")], check=True)
    everyone = Class(course)

    def place(student: str, path: str, notebook: Notebook, **files: str) -> None:
        target = course / "submitted" / student / ASSIGNMENT / path
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(notebook), encoding="utf-8")
        for name, content in files.items():
            (course / "submitted" / student / ASSIGNMENT / name.replace("_dot_", ".")).write_text(content)

    def prose(notebook: Notebook) -> None:
        cell(notebook, "stage5-causal_mask")["cell_type"] = "markdown"

    def prose_alone(notebook: Notebook) -> None:
        answer = cell(notebook, "stage5-causal_mask")
        answer["cell_type"], answer["source"] = "markdown", "I could not do *this*."

    def broken_pictures(notebook: Notebook) -> None:
        pictures = {"a\udcff.png": {"image/png": "iVBOR\ud800", "image/\ud800": "x"}}
        said = {"cell_type": "markdown", "metadata": {}, "id": "a", "source": "\ud800", "attachments": pictures}
        notebook["cells"].insert(0, said)

    place("renamed", "stage5-jane.ipynb", everyone.solved)
    place("nested", "stage5/stage5.ipynb", everyone.solved)
    place("two", "one.ipynb", everyone.solved)
    (course / "submitted/two" / ASSIGNMENT / "other.ipynb").write_text(json.dumps(everyone.released))
    place("stage5", "stage5.ipynb", everyone.solved)
    place("new\nline", "stage5.ipynb", everyone.solved)
    place("yesterday", "stage5.ipynb", everyone.solved, timestamp_dot_txt="gestern um 10")
    place("markdown", "stage5.ipynb", everyone.solved_but(prose))
    place("beside", "stage5.ipynb", with_a_helper(everyone), utils_dot_py="def same(x):\n    return x\n")
    place("prose", "stage5.ipynb", everyone.solved_but(prose_alone))
    run = ("nbgrader_config", "sitecustomize", "conftest", "numpy", "jupyter_config", "ipython_config")
    files = {f"{name}_dot_py": "raise SystemExit('a file of a submission was run')\n" for name in run}
    place("settings", "stage5.ipynb", everyone.solved, **files, misstep_dot_toml="[points]\ngeneral = 1000\n")
    place("folder", "stage5.ipynb", everyone.solved)
    (course / "submitted/folder" / ASSIGNMENT / "MISTAKES.html").mkdir()
    (course / "submitted/folder" / ASSIGNMENT / "MISTAKES.html/of_my_own.txt").write_text(
        "Where a page of the course is."
    )
    place("pictures", "stage5.ipynb", everyone.solved_but(broken_pictures))
    return course, command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, "--jobs", "2")


def test_every_oddity_is_its_own_affair(odd: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    course, done = odd
    found = {student: sum(cells.values()) for student, cells in scores(course).items()}
    most = max(found.values())
    right = {
        "renamed",
        "nested",
        "stage5",
        "new\nline",
        "yesterday",
        "markdown",
        "beside",
        "folder",
        "pictures",
        "settings",
    }
    assert {student for student, score in found.items() if score == most} == right
    assert found["two"] == 0
    assert 0 < found["prose"] < most
    for student, said in {
        "renamed": "stage5-jane.ipynb was taken for stage5.ipynb",
        "nested": "stage5/stage5.ipynb was taken for stage5.ipynb",
        "two": "several notebooks fit stage5.ipynb, and none was taken: one.ipynb, other.ipynb",
        "yesterday": "timestamp.txt says 'gestern um 10', which is no time",
        "markdown": "the cell stage5-causal_mask was turned into markdown and is read as code",
    }.items():
        (line,) = (line for line in done.stderr.splitlines() if line.startswith(f"misstep nbgrader: {student}:"))
        assert said in line


def test_nbgraders_own_command_takes_renamed_and_nested_notebooks_and_files_beside_them(
    handed_in: Path, command: Command
) -> None:
    course = copied(handed_in, "renamed-stock")
    subprocess.run(["rm", "-r", str(course / "submitted")], check=True)
    everyone = Class(course)
    for student, path in (("jane", "stage5 (1).ipynb"), ("joe", "stage5/stage5.ipynb")):
        target = course / "submitted" / student / ASSIGNMENT / path
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(everyone.solved))
    everyone.hand_in("beside", with_a_helper(everyone), utils_dot_py="def same(x):\n    return x\n")
    done = command(course, "nbgrader", "autograde", ASSIGNMENT)
    assert "stage5 (1).ipynb was taken for stage5.ipynb" in done.stdout
    assert "joe: stage5/stage5.ipynb was taken for stage5.ipynb" in done.stdout
    found = {student: sum(cells.values()) for student, cells in scores(course).items()}
    assert len(set(found.values())) == 1, found


def test_points_that_are_newer_than_the_release_are_said_and_can_be_brought_in(
    handed_in: Path, command: Command
) -> None:
    course = copied(handed_in, "newer")
    only = ("--student", "right")
    before = command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, *only)
    assert "--force" not in before.stderr
    (course / "misstep.toml").write_text('[points]\ngeneral = 7\n[points.mistake]\n"5.9" = 0.5\n')
    done = command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, *only)
    assert "causal_mask[general] is worth 7 by now, released with 2" in done.stderr
    assert "nbgrader generate_assignment stage5 --force" in done.stderr
    old = sum(scores(course)["right"].values())
    command(course, "grader", "nbgrader", ".", status=None)  # the config was changed by hand, which is said
    command(course, "nbgrader", "generate_assignment", ASSIGNMENT, "--force")
    done = command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, *only)
    assert "by now" not in done.stderr
    assert sum(scores(course)["right"].values()) == old + 5 * 7


def test_a_cell_that_was_changed_after_the_release_is_said(handed_in: Path, command: Command) -> None:
    course = copied(handed_in, "changed")
    path = course / f"source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
    notebook = json.loads(path.read_text())
    cell(notebook, "stage5-split_heads-5_4")["source"] += "\n# a word more"
    path.write_text(json.dumps(notebook))
    done = command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, "--student", "right")
    assert "the cell stage5-split_heads-5_4 of source/ was changed" in done.stderr


@pytest.mark.long
def test_no_environment_need_be_activated(tmp_path: Path) -> None:
    course = tmp_path / "course"
    tools = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    python = [sys.executable, "-m"]
    for words in (
        ["grader", "nbgrader", "make", str(course), "--stage", "5"],
        ["nbgrader", "generate_assignment", ASSIGNMENT],
    ):
        home = course if course.is_dir() else tmp_path
        done = subprocess.run([*python, *words], cwd=home, env=tools, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (course / "gradebook.db").is_file()


def test_the_kernel_imports_what_its_cells_have_defined(tmp_path: Path) -> None:
    from nbclient import NotebookClient
    from nbformat import from_dict

    cells = [
        code("from grader.frontends.notebooks import check"),
        code("def causal_mask(seq_len):\n    return 'mine'"),
        code(
            "from causal_mask import causal_mask as one\nfrom stage5.causal_mask import causal_mask as two\n"
            "import exercises.stage5.heads\nprint(one(3), two(3))"
        ),
        code("try:\n    from heads import split_heads\nexcept ImportError as error:\n    print('not yet', error)"),
    ]
    words = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = from_dict(copy.deepcopy({"cells": cells, "metadata": words, "nbformat": 4, "nbformat_minor": 4}))
    for made in notebook.cells:
        made.pop("id")
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert notebook.cells[2].outputs[0].text == "mine mine\n"
    assert "not yet" in notebook.cells[3].outputs[0].text


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "install misstep as your course says"),
        ('[course]\ninstall = "pip install ./kit"\n', "run `pip install ./kit`"),
    ],
)
def test_the_line_to_install_is_the_courses_own(tmp_path: Path, table: str, said: str) -> None:
    from grader.frontends.notebooks.course import make_course

    (tmp_path / "misstep.toml").write_text(table)
    make_course(tmp_path, [5], 1)
    text = (tmp_path / "source/stage5/stage5.ipynb").read_text()
    assert said in text
    assert "pip install misstep" not in text
