"""The results file is read strictly: what is not of its form is named by file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.results.records import ResultsError, SubmissionResult, read_results
from grader.results.verdict import Verdict

CHECK = {
    "id": "5.9", "exercise": "scaled_attention", "stage": 5, "status": "mistake",
    "points": 0.0, "max_points": 1.0, "message": "m", "link": None,
}  # fmt: skip
LINE: dict[str, Any] = {"submission": "mary", "score": 0.0, "max_score": 1.0, "checks": [CHECK]}


def write(folder: Path, *lines: Any) -> Path:
    text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
    (folder / "results.jsonl").write_text(text)
    return folder


def test_a_result_survives_the_way_to_the_file_and_back(tmp_path: Path) -> None:
    result = SubmissionResult("caf\udce9", 0, 1, (Verdict(**CHECK),), {"files": True})
    assert read_results(write(tmp_path, result.to_json())) == [result]


def test_the_directory_and_the_file_are_the_same_to_the_reader(tmp_path: Path) -> None:
    write(tmp_path, LINE)
    assert read_results(tmp_path) == read_results(tmp_path / "results.jsonl")


def test_unknown_keys_are_let_pass(tmp_path: Path) -> None:
    assert read_results(write(tmp_path, LINE | {"seconds": 1}))[0].submission == "mary"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{\n", r":2: not a JSON object"),
        ("[]\n", r":2: not a JSON object"),
        ("\n", r":2: not a JSON object"),
        ({"submission": "x"}, r':2: "checks" is missing'),
        (LINE | {"score": "1"}, r':2: "score" must be a finite number'),
        (LINE | {"score": float("nan")}, r':2: "score" must be a finite number'),
        (LINE | {"score": True}, r':2: "score" must be a finite number'),
        (LINE | {"checks": [CHECK | {"status": "great"}]}, r":2: \"status\" is 'great'"),
        (LINE | {"checks": [CHECK | {"stage": "5"}]}, r':2: "stage" must be a whole number'),
        (LINE | {"checks": [CHECK | {"id": 5.9}]}, r':2: "id" must be text or null'),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: Any, said: str) -> None:
    with pytest.raises(ResultsError, match=said):
        read_results(write(tmp_path, LINE, line))


def test_a_directory_without_results_says_which_command_makes_them(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="misstep grade"):
        read_results(tmp_path)
