"""How fast is `misstep nbgrader autograde` against nbgrader's own `nbgrader autograde`, on the same class?

    python benchmarks/nbgrader_class.py [--notebooks 30] [--jobs 2]

The class hands in stage 5 as notebooks, each with one kept answer laid over the solution. nbgrader's stock execution
and ours grade it in turn, in one run; the figures are submissions a second from the command's start to its end. All
submissions are honest, so every student must have the same points from both, and the run fails where one has not.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from nbgrader.api import Gradebook

from grader.course.catalogue import stage
from grader.course.pages import solutions_home
from grader.course.stored_answers import StoredAnswer, stored_answers

ASSIGNMENT = "stage5"
SLOW = re.compile(rb"while True|sleep")
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
WALLED, STOCK = "misstep.behind_the_wall()", "misstep.in_the_kernel()"


def make_class(home: Path, count: int) -> None:
    """A course with `count` submissions, ready to be graded."""
    run(home.parent, "grader", "nbgrader", str(home), "--stage", "5")
    run(home, "nbgrader", "generate_assignment", ASSIGNMENT)
    notebook = json.loads((home / f"source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb").read_text(encoding="utf-8"))
    for number, answer in zip(range(count), itertools.cycle(chosen(count)), strict=False):
        place = home / "submitted" / f"student-{number:02}" / ASSIGNMENT
        place.mkdir(parents=True)
        (place / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(handed_in(notebook, answer)), encoding="utf-8")


def chosen(count: int) -> Sequence[StoredAnswer]:
    """Answers of every exercise, evenly from the list of all quick ones."""
    solutions = solutions_home()
    assert solutions is not None, "needs a clone"
    found = [a for a in stored_answers(solutions, stage(5)) if not SLOW.search(a.files[a.stem])]
    return found[:: max(1, len(found) // count)]


def handed_in(notebook: dict[str, object], answer: StoredAnswer) -> dict[str, object]:
    """The solved notebook with the answer's text at the end of the cells that it is about."""
    cells = json.loads(json.dumps(notebook["cells"]))
    for cell in cells:
        if cell["metadata"]["nbgrader"]["grade_id"] in {f"{ASSIGNMENT}-{name}" for name in answer.shows}:
            cell["source"] += "\n\n\n" + answer.path.read_text(encoding="utf-8")
    return {**notebook, "cells": cells}


def run(home: Path, *command: str) -> float:
    """Wall seconds of `python -m COMMAND` in `home`."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", *command], cwd=home, capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return time.perf_counter() - began


def points(home: Path) -> dict[str, dict[str, float]]:
    """The automatic score of every cell by student."""
    with Gradebook(f"sqlite:///{home}/gradebook.db") as gradebook:
        return {
            submission.student.id: {g.name: g.auto_score for n in submission.notebooks for g in n.grades}
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
        }


def main() -> None:
    """Grade the class both ways and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notebooks", type=int, default=30)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = Path(folder) / "ours", Path(folder) / "stock"
        make_class(ours, arguments.notebooks)
        shutil.copytree(ours, stock)
        config = stock / "nbgrader_config.py"
        text = config.read_text(encoding="utf-8").replace(f"preprocessors = {WALLED}", f"preprocessors = {STOCK}")
        config.write_text(text, encoding="utf-8")
        quick = run(ours, "grader", "nbgrader", "autograde", ASSIGNMENT, "--jobs", str(arguments.jobs))
        slow = run(stock, "nbgrader", "autograde", ASSIGNMENT)
        report(arguments, quick, slow, points(ours), points(stock))


def report(arguments: argparse.Namespace, quick: float, slow: float, *graded: dict[str, dict[str, float]]) -> None:
    """Print rates and ratio; leave with a failure where two grades differ."""
    count = arguments.notebooks
    print(f"nbgrader autograde:           {slow:7.1f} s  {count / slow:6.2f} submissions a second")
    print(f"misstep nbgrader autograde:   {quick:7.1f} s  {count / quick:6.2f} submissions a second")
    print(f"ratio: {slow / quick:.1f} with {arguments.jobs} jobs, {count} notebooks")
    ours, stock = graded
    different = [
        f"{student} {cell}: {ours[student][cell]} and {score}"
        for student, cells in stock.items()
        for cell, score in cells.items()
        if ours.get(student, {}).get(cell) != score
    ]
    scores = sorted({sum(cells.values()) for cells in ours.values()})
    cells = sum(map(len, stock.values()))
    print(f"grades: {len(different)} of {cells} differ; totals from {scores[0]:g} to {scores[-1]:g}")
    if different or len(ours) != count or len(stock) != count:
        sys.exit("\n".join(different) or "somebody was not graded")


if __name__ == "__main__":
    main()
