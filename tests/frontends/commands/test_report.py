"""`misstep report`: a page from what grading has stored, or one line that says why not."""

from __future__ import annotations

import json
from pathlib import Path

from grader.results.files import write_files
from grader.results.store import Store
from grader.results.verdict import to_property
from tests.conftest import Run
from tests.results.report.classes import check, result


def stored(out: Path) -> Path:
    """A directory of results with one student, as grading leaves it."""
    verdict = check("wrong", message="off in 3 of 4 numbers", question="Which axis?")
    found = result("ada", verdict, notes=["heads (1).py was taken for heads.py"])
    store = Store(out)
    store.put("ada", "key", json.dumps(found.to_json()), json.dumps([to_property(verdict, "stage5")]))
    write_files(out, store, ["ada"])
    store.close()
    return out


def test_a_page_is_written_beside_the_results(run: Run, tmp_path: Path) -> None:
    out = stored(tmp_path / "out")
    roster = tmp_path / "roster.csv"
    roster.write_text("name,username,section\nAda,ada,Tuesday <b>\n")
    done = run("grader", "report", out, "--title", "Autumn <2026>", "--roster", roster)
    assert done.returncode == 0, done.stderr
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "<title>Autumn &lt;2026&gt;</title>" in page
    assert "<option>Tuesday &lt;b&gt;</option>" in page
    # The question is in the store alone, and the note in the results alone.
    assert "Which axis?" in page
    assert "heads (1).py was taken for heads.py" in page


def test_a_place_without_results_is_refused_in_a_line_and_left_alone(run: Run, tmp_path: Path) -> None:
    done = run("grader", "report", tmp_path / "nowhere")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "misstep grade BATCH --out" in done.stderr
    assert not (tmp_path / "nowhere").exists()
