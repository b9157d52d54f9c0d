"""One notebook, one verdict: `misstep grade`, two ways to autograde, a student's kernel and `nbgrader validate`.

The class is one course, so that each door is opened once for all of it.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pytest.importorskip("nbgrader")

from tests.doors.doors import Seen, read
from tests.frontends.notebooks.conftest import Command, copied, scores
from tests.frontends.notebooks.students import ASSIGNMENT, Class, Notebook, cell, code

pytestmark = pytest.mark.long
FILE = f"{ASSIGNMENT}.ipynb"
Change = Callable[[Notebook], None]


def instead(name: str, source: str) -> Change:
    """Other code in the place of an answer."""
    return lambda notebook: cell(notebook, f"{ASSIGNMENT}-{name}").update(source=source)


def above(name: str, source: str) -> Change:
    """Lines above an answer, in its cell."""

    def change(notebook: Notebook) -> None:
        answer = cell(notebook, f"{ASSIGNMENT}-{name}")
        answer["source"] = f"{source}\n{answer['source']}"

    return change


def first(source: str) -> Change:
    """A cell of their own before all others."""
    return lambda notebook: notebook["cells"].insert(0, code(source))


def as_markdown(notebook: Notebook) -> None:
    cell(notebook, f"{ASSIGNMENT}-causal_mask")["cell_type"] = "markdown"


MASK = "import numpy as np\ndef causal_mask(seq_len):\n    "
# What is done to the solved notebook, and what else lies beside it.
NOTEBOOKS: dict[str, tuple[Change, Mapping[str, str]]] = {
    "right": (lambda notebook: None, {}),
    "mistake": (instead("causal_mask", f"{MASK}return np.zeros((seq_len, seq_len))"), {}),
    "wrong": (instead("add_positions", "def add_positions(e, p): return 1.5 * (e + p[: e.shape[1]])"), {}),
    "todo": (instead("causal_mask", f"{MASK}raise NotImplementedError"), {}),
    "raises": (instead("causal_mask", f"{MASK}raise ValueError('no')"), {}),
    "syntax": (instead("causal_mask", "def causal_mask(:"), {}),
    "undefined": (instead("causal_mask", "x = 1"), {}),
    "fails": (first("import math\n1 / 0"), {}),
    "magics": (first("%config IPCompleter.greedy = True\nfiles = !echo\nimport math\n%time 1"), {}),
    "plots": (first("try:\n    import matplotlib.pyplot as plt\nexcept ImportError:\n    plt = None"), {}),
    "needs": (instead("causal_mask", f"import nbformat\n{MASK}return nbformat.convert(np.ones(3))"), {}),
    "beside": (above("add_positions", "from utils import same"), {"utils.py": "def same(x):\n    return x\n"}),
    "siblings": (above("causal_self_attention", "from causal_mask import causal_mask"), {}),
    "markdown": (as_markdown, {}),
}
# Where a door says something else, and why.
DIFFERENT = {
    ("kernel", "markdown"): "a kernel runs no cell of text, and a student sees at once that it did not",
}


@pytest.fixture(scope="module")
def course(handed_in: Path, command: Command) -> Path:
    """Everybody has handed in; nobody is graded."""
    home = copied(handed_in, "doors")
    shutil.rmtree(home / "submitted")
    everyone = Class(home)
    for student, (change, files) in NOTEBOOKS.items():
        everyone.hand_in(student, everyone.solved_but(change))
        for name, text in files.items():
            (home / "submitted" / student / ASSIGNMENT / name).write_text(text)
    for student, path in (("renamed", "stage5-jane.ipynb"), ("nested", f"stage5/stage5/{FILE}")):
        target = home / "submitted" / student / ASSIGNMENT / path
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(everyone.solved))
    return home


@pytest.fixture(scope="module")
def graded(course: Path, command: Command) -> Mapping[str, Seen]:
    words = ("--out", "out", "--stage", "5", "--seed", "4711", "--points", "misstep.toml", "--line-seconds", "0")
    command(course, "grader", "grade", "submitted", *words)
    return read(course / "out")


def points(seen: Seen) -> dict[str, float | None]:
    """Points by the name of the test cell."""
    return {
        f"{ASSIGNMENT}-{exercise}-{(mistake or 'result').replace('.', '_')}": found[1]
        for (exercise, mistake), found in seen.checks.items()
    }


def test_every_notebook_is_there(graded: Mapping[str, Seen]) -> None:
    assert set(graded) == {*NOTEBOOKS, "renamed", "nested"}
    for student in ("right", "fails", "magics", "plots", "beside", "siblings", "markdown", "renamed", "nested"):
        assert {found[0] for found in graded[student].checks.values()} == {"passed"}, student


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_autograde_says_the_same(course: Path, graded: Mapping[str, Seen], command: Command, by: str) -> None:
    home = copied(course, f"autograded-by-{by}")
    command(home, *(("grader",) if by == "grader" else ()), "nbgrader", "autograde", ASSIGNMENT)
    found = {
        student: {k: v for k, v in cells.items() if k in points(graded["right"])}
        for student, cells in scores(home).items()
    }
    assert found == {student: points(seen) for student, seen in graded.items()}


def statuses(notebook: Notebook) -> dict[tuple[str, str | None], str]:
    """What a kernel has displayed below each test cell."""
    from nbformat import from_dict

    from grader.frontends.notebooks.judged import judged

    return {(found.exercise, found.mistake): found.status for found in judged(from_dict(notebook))}


def test_a_students_own_kernel_says_the_same(course: Path, graded: Mapping[str, Seen], tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    for student in NOTEBOOKS:
        if ("kernel", student) in DIFFERENT:
            continue
        home = Path(shutil.copytree(course / "submitted" / student / ASSIGNMENT, tmp_path / student))
        notebook = nbformat.read(home / FILE, 4)
        NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(home)}}).execute()
        found = statuses(copy.deepcopy(notebook))
        right = {key: status for key, (status, _, _) in graded[student].checks.items()}
        assert {key: right[key] for key in found} == found, student
        # A check that passed shows nothing but that it did.
        assert {key for key, status in right.items() if status != "passed"} <= set(found), student


def test_validate_says_the_same(course: Path, graded: Mapping[str, Seen], command: Command) -> None:
    for student in ("right", "mistake", "beside"):
        done = command(course / "submitted" / student / ASSIGNMENT, "nbgrader", "validate", FILE, status=None)
        failed = sum(found[0] != "passed" for found in graded[student].checks.values())
        said = re.search(r"VALIDATION FAILED ON (\d+) CELL", done.stdout)
        assert (int(said[1]) if said else 0) == failed, done.stdout[:2000]
