"""A class that hands in notebooks: honest students, unlucky ones, and some who would rather not do the work."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

Notebook = dict[str, Any]
ASSIGNMENT = "stage5"
FULL = "full marks"
NONE = "nothing"


def read(course: Path, folder: str) -> Notebook:
    """The assignment's notebook in `source/` or `release/`."""
    text = (course / folder / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    """The cell that nbgrader knows by this name."""
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def code(source: str) -> dict[str, Any]:
    """A cell of the student's own."""
    return {"cell_type": "code", "id": "own", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


class Class:
    """Writes submissions into a course's `submitted/`."""

    def __init__(self, course: Path) -> None:
        self.course = course
        self.released = read(course, "release")
        source = read(course, "source")
        self.solved = copy.deepcopy(self.released)
        for place in self.solved["cells"]:
            if place["metadata"]["nbgrader"]["solution"]:
                place["source"] = cell(source, place["metadata"]["nbgrader"]["grade_id"])["source"]

    def hand_in(self, student: str, notebook: Notebook | str, **files: str) -> None:
        """Put a notebook (or the text of what should be one) and other files where nbgrader collects them."""
        home = self.course / "submitted" / student / ASSIGNMENT
        home.mkdir(parents=True)
        text = notebook if isinstance(notebook, str) else json.dumps(notebook)
        (home / f"{ASSIGNMENT}.ipynb").write_text(text, encoding="utf-8")
        for name, content in files.items():
            (home / name.replace("_dot_", ".")).write_text(content, encoding="utf-8")

    def solved_but(self, change: Callable[[Notebook], None]) -> Notebook:
        """All solved, and then something done to it."""
        notebook = copy.deepcopy(self.solved)
        change(notebook)
        return notebook

    def answered(self, **answers: str) -> Notebook:
        """All solved, but for exercises whose kept answer is laid over the solution: `exercise="file/answer"`."""

        def change(notebook: Notebook) -> None:
            for exercise, answer in answers.items():
                stem, name = answer.split("/")
                text = (ROOT / "solutions" / ASSIGNMENT / "answers" / stem / f"{name}.py").read_text()
                cell(notebook, f"{ASSIGNMENT}-{exercise}")["source"] += f"\n\n{text}"

        return self.solved_but(change)

    def untouched_but(self, *sources: str) -> Notebook:
        """Nothing filled in, and these cells put in front of everything."""
        notebook = copy.deepcopy(self.released)
        notebook["cells"][:0] = [code(source) for source in sources]
        return notebook


READS = """
import glob, os
found = []
for home in ({course!r}, {kit!r}):
    for pattern in (
        "source/*/*.ipynb",
        "gradebook.db",
        ".misstep-seed",
        "solutions/*/*.py",
        "grader/course/suites/*/*.py",
    ):
        for path in glob.glob(os.path.join(home, pattern)):
            found.append(open(path, "rb").read())
print("read", len(found), "files")
for name in os.listdir({kit!r} + "/solutions/stage5"):
    exec(open({kit!r} + "/solutions/stage5/" + name).read(), globals())
"""
REWRITES = """
path = {course!r} + "/gradebook.db"
try:
    open(path, "r+b")
except OSError as error:
    print(type(error).__name__)
import sqlite3
base = sqlite3.connect(path)
base.execute("UPDATE grade SET auto_score = 99, manual_score = 99")
base.commit()
"""
PATCHES = """
import grader.frontends.notebooks, grader.grading.examine
def check(*_, **__):
    return None
grader.frontends.notebooks.check = check
grader.grading.examine._run = lambda exercise, check, *rest: grader.grading.examine.Outcome(check)
"""


def meddle(notebook: Notebook) -> None:
    """Delete a test, copy one, make others worth more or no tests at all, and invent one."""
    notebook["cells"] = [c for c in notebook["cells"] if not c["id"].endswith("5_9")]
    twin = copy.deepcopy(cell(notebook, "stage5-causal_mask-result"))
    notebook["cells"].append({**twin, "id": "twin", "source": "print('nothing is tested here')"})
    cell(notebook, "stage5-causal_mask-5_1")["metadata"]["nbgrader"]["points"] = 500
    test = cell(notebook, "stage5-merge_heads-result")
    test["metadata"]["nbgrader"].update(solution=True, locked=False)
    test["source"] = "pass"
    cell(notebook, "stage5-split_heads-5_4")["cell_type"] = "raw"
    words = {"grade": True, "grade_id": "bonus", "points": 99, "locked": False, "solution": False, "schema_version": 3}
    notebook["cells"].append({**code("pass"), "metadata": {"nbgrader": words}})


def hand_in_all(course: Path) -> None:
    """Thirteen submissions; the names say what each is."""
    everyone = Class(course)
    paths = {"course": str(course), "kit": str(ROOT)}

    def in_front(source: str) -> Callable[[Notebook], None]:
        return lambda notebook: notebook["cells"].insert(4, code(source))

    everyone.hand_in("right", everyone.solved)
    everyone.hand_in("late", everyone.solved, timestamp_dot_txt="2031-01-02 00:00:00 UTC")
    everyone.hand_in(
        "mask-after", everyone.answered(scaled_attention="scaled_attention/added_after_softmax_and_clipped")
    )
    everyone.hand_in(
        "two-mistakes",
        everyone.answered(
            scaled_attention="scaled_attention/softmax_over_everything", causal_mask="causal_mask/all_zeros"
        ),
    )
    everyone.hand_in("untouched", everyone.released)
    everyone.hand_in("broken", '{"cells": [')
    everyone.hand_in("exits", everyone.solved_but(in_front("import os\nos._exit(0)")))
    everyone.hand_in("loops", everyone.solved_but(in_front("while True:\n    pass")))
    everyone.hand_in("shadows", everyone.solved, numpy_dot_py="raise SystemExit('not the numpy you wanted')")
    everyone.hand_in(
        "prints",
        everyone.solved_but(
            in_front("import sys, warnings\nprint('<script>alert(1)</script>\\x1b[2J')\nwarnings.warn('hm')\n1 / 0")
        ),
    )
    everyone.hand_in("meddles", everyone.solved_but(meddle))
    everyone.hand_in("reads", everyone.untouched_but(READS.format(**paths)))
    everyone.hand_in("rewrites", everyone.untouched_but(REWRITES.format(**paths)))
    everyone.hand_in("patches", everyone.untouched_but(PATCHES))


EXPECTED = {
    "right": FULL,
    "late": FULL,
    "exits": FULL,
    "loops": FULL,
    "shadows": FULL,
    "prints": FULL,
    "meddles": FULL,
    "mask-after": {"stage5-scaled_attention-5_9", "stage5-scaled_attention-result"},
    "two-mistakes": {
        "stage5-scaled_attention-5_8",
        "stage5-scaled_attention-result",
        "stage5-causal_mask-5_1",
        "stage5-causal_mask-5_7",
        # An all-zero mask is degenerate, and weights that sum to one over everything show no row of their own.
        "stage5-causal_mask-5_12",
        "stage5-scaled_attention-5_14",
        "stage5-causal_mask-result",
    },
    "untouched": NONE,
    "broken": NONE,
    "reads": NONE,
    "rewrites": NONE,
    "patches": NONE,
}
