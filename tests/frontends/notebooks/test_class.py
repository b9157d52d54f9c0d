"""A class graded by nbgrader's own commands: whatever a notebook does, it changes nobody's grade."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.frontends.notebooks.conftest import Command, copied, scores
from tests.frontends.notebooks.students import ASSIGNMENT, EXPECTED, FULL, NONE


def points_of(course: Path) -> dict[str, float]:
    """What every test cell is worth."""
    notebook = json.loads((course / f"source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb").read_text())
    found = [cell["metadata"]["nbgrader"] for cell in notebook["cells"]]
    return {words["grade_id"]: words["points"] for words in found if words["grade"]}


@pytest.mark.parametrize("student", EXPECTED)
def test_a_submission_earns_what_its_functions_do(student: str, graded: Path) -> None:
    points = points_of(graded)
    expected = EXPECTED[student]
    lost = set(points) if expected == NONE else set() if expected == FULL else expected
    assert scores(graded)[student] == {name: 0.0 if name in lost else worth for name, worth in points.items()}


def test_ours_and_nbgraders_command_give_the_same_grades(graded: Path, graded_by_us: Path) -> None:
    ours = scores(graded_by_us)
    assert set(ours.pop("empty-handed").values()) == {0.0}
    assert ours == scores(graded)


def test_ours_and_nbgraders_command_write_the_same_notebooks(graded: Path, graded_by_us: Path) -> None:
    for student in EXPECTED:
        one, other = (
            json.loads((course / f"autograded/{student}/{ASSIGNMENT}/{ASSIGNMENT}.ipynb").read_text())
            for course in (graded, graded_by_us)
        )
        assert one["cells"] == other["cells"], student


def test_ours_and_nbgraders_command_copy_the_same_files(graded: Path, graded_by_us: Path) -> None:
    for student in EXPECTED:
        one, other = (sorted(p.name for p in (c / f"autograded/{student}").rglob("*")) for c in (graded, graded_by_us))
        assert one == other


@pytest.mark.long
def test_misstep_grade_gives_the_same_scores(graded: Path, command: Command, tmp_path: Path) -> None:
    command(graded, "grader", "grade", "submitted", "--out", str(tmp_path), "--seed", "4711", "--stage", "5")
    found = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text().splitlines()]
    notebooks = {student: sum(cells.values()) for student, cells in scores(graded).items()}
    assert {result["submission"]: result["score"] for result in found} == notebooks


@pytest.mark.parametrize("how", ["graded", "graded_by_us"])
def test_a_late_submission_gets_its_penalty(how: str, request: pytest.FixtureRequest) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{request.getfixturevalue(how)}/gradebook.db") as gradebook:
        (late,) = gradebook.find_submission(ASSIGNMENT, "late").notebooks
        assert gradebook.find_submission(ASSIGNMENT, "late").total_seconds_late == 24 * 3600
        assert late.late_submission_penalty == late.score == late.max_score
        (punctual,) = gradebook.find_submission(ASSIGNMENT, "right").notebooks
        assert punctual.late_submission_penalty is None


def test_nobody_waits_for_manual_grading(graded_by_us: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded_by_us}/gradebook.db") as gradebook:
        assert not any(s.needs_manual_grade for s in gradebook.assignment_submissions(ASSIGNMENT))


def test_an_untouched_answer_is_commented_as_nbgrader_does(graded: Path, graded_by_us: Path) -> None:
    from nbgrader.api import Gradebook

    found = []
    for course in (graded, graded_by_us):
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            notebooks = {s: gradebook.find_submission(ASSIGNMENT, s).notebooks[0] for s in EXPECTED}
            found.append({s: {c.name: c.auto_comment for c in n.comments} for s, n in notebooks.items()})
    assert found[0] == found[1]
    assert set(found[0]["untouched"].values()) == {"No response."}
    assert set(found[0]["right"].values()) == {None}


def test_the_csv_holds_every_student(graded: Path) -> None:
    with (graded / "grades.csv").open() as stream:
        rows = {row["student_id"]: row for row in csv.DictReader(stream)}
    most = sum(points_of(graded).values())
    assert rows.keys() == EXPECTED.keys()
    assert float(rows["right"]["score"]) == float(rows["right"]["max_score"]) == most
    assert float(rows["late"]["score"]) == 0
    assert float(rows["mask-after"]["score"]) == most - 2.5


def test_the_formgraders_button_grades_the_same(
    handed_in: Path, command: Command, graded: Path, tmp_path: Path
) -> None:

    course = copied(handed_in, "by-button")
    button = (
        "from nbgrader.apps import NbGrader\n"
        "from nbgrader.apps.api import NbGraderAPI\n"
        "app = NbGrader(); app.initialize([])\n"
        "result = NbGraderAPI(config=app.config).autograde('stage5', 'mask-after')\n"
        "assert result['success'], result\n"
    )
    (tmp_path / "button.py").write_text(f"import os; os.chdir({str(course)!r})\n{button}")
    command(tmp_path, "button", status=0)
    assert scores(course) == {"mask-after": scores(graded)["mask-after"]}
