"""Classroom 50 accepts what we write: the rules of its published schema and of its collector, as tests."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from grader.frontends.github.classroom50 import EnvironmentIncomplete, body, document, submitted
from grader.results.verdict import Verdict

from .sample import HOSTILE, check, submission

ENVIRONMENT = {
    "CLASSROOM": "cs-principles",
    "ASSIGNMENT": "attention",
    "OWNER": "mary",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.com/o/r/commit/abc",
    "RELEASE_URL": "https://github.com/o/r/releases/tag/submit%2F2026",
    "REVIEW_URL": "https://github.com/o/r/compare/a...b",
}
# foundation50/classroom50, schemas/result-v1.schema.json: the keys and kinds it asks for.
REQUIRED = {
    "schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release",
    "review", "datetime", "score", "max-score", "tests",
}  # fmt: skip
OPTIONAL = {"graded_at", "submitted_by"}


def assert_accepted(data: dict[str, Any]) -> None:
    """The structural rules of the schema, and those its description leaves to the collector."""
    assert data.keys() >= REQUIRED
    assert data.keys() <= REQUIRED | OPTIONAL
    assert data["schema"] == "classroom50/result/v1"
    for key in REQUIRED - {"score", "max-score", "tests"}:
        assert isinstance(data[key], str)
        assert data[key]
    assert data["assignment_type"] in ("individual", "group")
    assert data["submission"].startswith("submit/")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", data["datetime"])
    for part in (data, *data["tests"]):
        assert type(part["score"]) is int
        assert type(part["max-score"]) is int
        assert 0 <= part["score"] <= part["max-score"]
    for test in data["tests"]:
        assert isinstance(test["test-name"], str)
        assert test["test-name"]
        assert type(test["passed"]) is bool
    json.dumps(data).encode("utf-8")


def made(*checks: Verdict, **changes: str) -> dict[str, Any]:
    return document(submission(checks), {**ENVIRONMENT, **changes})


def test_a_result_is_accepted_and_says_what_was_found() -> None:
    data = made(check("passed"), check("mistake", message="Row 2 sums to 0.41."))
    assert_accepted(data)
    assert (data["score"], data["max-score"], data["owner"]) == (1, 2, "mary")
    assert data["datetime"] == "2026-06-01T14:32:05Z"
    assert [(test["passed"], test["message"]) for test in data["tests"]] == [
        (True, ""),
        (False, "Row 2 sums to 0.41."),
    ]


@pytest.mark.parametrize(
    ("points", "whole"),
    [((1, 1), (1, 2)), ((0.5, 1), (1, 3)), ((0.25, 1.5), (1, 7)), ((0.1, 0.3), (1, 4)), ((0, 1), (0, 1))],
)
def test_parts_of_points_become_whole_ones_in_proportion(points: tuple[float, float], whole: tuple[int, int]) -> None:
    data = made(check("passed", points[0]), check("mistake", points[1]))
    assert_accepted(data)
    assert (data["score"], data["max-score"]) == whole


@pytest.mark.parametrize("points", [1 / 3, 0.123456789, 1e-9, 1e6, 3.14159])
def test_any_weight_gives_an_accepted_result(points: float) -> None:
    assert_accepted(made(check("passed", points), check("wrong", 1), check("passed", 0.7)))


def test_hostile_text_is_accepted_and_harmless() -> None:
    data = made(check("error", message=HOSTILE, exercise=HOSTILE))
    assert_accepted(data)
    assert "\\u001b" not in json.dumps(data)


@pytest.mark.parametrize("name", ["CLASSROOM", "ASSIGNMENT", "OWNER", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"])
def test_a_missing_variable_is_named(name: str) -> None:
    with pytest.raises(EnvironmentIncomplete, match=name):
        made(check("passed"), **{name: ""})


def test_an_older_runner_without_a_review_address_gets_the_commits() -> None:
    assert made(check("passed"), REVIEW_URL="")["review"] == ENVIRONMENT["COMMIT_URL"]


def test_a_tag_without_a_time_gets_the_present_one() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", submitted("submit/by-hand"))


def test_the_release_says_how_points_were_made_whole() -> None:
    result = submission([check("passed", 0.5), check("mistake", 1)])
    assert "counts 2 for each point" in body(result, "")
    assert "counts" not in body(submission([check("passed")]), "")
