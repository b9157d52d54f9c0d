"""The summary before a feedback page: each check with its mark, its link and its points."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("nbgrader")

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import from_dict

from grader.course.catalogue import stage
from grader.frontends.notebooks.feedback import SummaryFirst
from grader.frontends.notebooks.judged import judged, mistakes_in
from grader.frontends.notebooks.markdown import harmless
from grader.frontends.notebooks.nodes import new_notebook
from grader.frontends.notebooks.outputs import verdict_outputs
from grader.frontends.notebooks.sheet import test_id as name_of_cell
from grader.frontends.notebooks.show import shown
from grader.results.verdict import Verdict


def graded(**made: str) -> Any:
    """Stage 5's test cells as grading leaves them; `made` gives the status of a cell that did not pass."""
    cells = []
    for exercise in stage(5).exercises:
        for check in exercise.checks:
            name = name_of_cell(exercise, check)
            status = made.get(name.replace("-", "_"), "passed")
            passed = status == "passed"
            title = stage(5).pages[check.id].title if check.id else "The result is wrong"
            verdict = Verdict(check.id, exercise.name, 5, status, float(passed), 1, "one | two <b>", title=title)
            words = {"grade_id": name, "grade": True, "score": float(passed), "points": 1}
            outputs = verdict_outputs(shown(verdict, [verdict]), passed)
            cell = {
                "cell_type": "code",
                "id": name[-64:],
                "source": "",
                "metadata": {"nbgrader": words},
                "outputs": outputs,
            }
            cells.append(from_dict(cell))
    return new_notebook(cells)


def summary_of(notebook: Any) -> str:
    found, _ = SummaryFirst().preprocess(notebook, {})
    return harmless(MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(found.cells[0].source))


MADE = {"stage5_scaled_attention_5_9": "mistake", "stage5_scaled_attention_result": "blocked"}


def test_every_check_has_a_mark_and_a_link_to_its_cell() -> None:
    text = summary_of(graded(**MADE))
    links = re.findall(r'<a href="#(stage5-[^"]+)">. (?:5\.\d+|result)</a>', text)
    assert links == [name_of_cell(e, c) for e in stage(5).exercises for c in e.checks]
    assert '<a href="#stage5-scaled_attention-5_9">✗ 5.9</a>' in text
    assert '<a href="#stage5-scaled_attention-result">· result</a>' in text


def test_points_are_added_up_by_exercise() -> None:
    text = summary_of(graded(**MADE))
    checks = next(exercise.checks for exercise in stage(5).exercises if exercise.name == "scaled_attention")
    assert f"{len(checks) - 2} of {len(checks)}</td>" in text


def test_what_is_to_fix_is_a_list_of_its_own_without_what_waits() -> None:
    text = summary_of(graded(**MADE))
    items = re.findall(r"<li>(?:<p>)?<a href=\"#([^\"]+)\">([^<]+)</a>", text)
    assert items == [("stage5-scaled_attention-5_9", "scaled_attention: 5.9: Mask applied after softmax")]
    assert "To fix" not in summary_of(graded())


def test_the_mistakes_of_a_notebook_are_those_that_its_cells_show(tmp_path: Any) -> None:
    import nbformat

    path = tmp_path / "stage5.ipynb"
    path.write_text(nbformat.writes(graded(**MADE)), encoding="utf-8")
    assert mistakes_in([path]) == {"5.9"}
    assert mistakes_in([]) == set()


def test_a_notebook_of_another_kind_is_left_as_it_is() -> None:
    other = from_dict({"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": []}]})
    found, _ = SummaryFirst().preprocess(other, {})
    assert len(found.cells) == 1
    assert not list(judged(other))
