"""Other weights are arithmetic on stored verdicts, with the same result as grading anew, or else all is graded anew."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course.points import Points
from grader.frontends.cli import main
from grader.grading import worker
from grader.grading.reweigh import reweighed
from grader.results.records import SubmissionResult, read_results
from grader.results.verdict import Verdict
from tests.conftest import answer_text, copy_stage
from tests.frontends.commands.test_grade import first_answer
from tests.results.sample_class import verdicts

MISTAKE = {"status": "mistake", "message": "It sums to 0.4."}
WEIGHTS = """
[course]
url = "https://example.org/course"
[points]
general = 3
stage.5 = 2
exercise.merge_heads = 0.5
mistake."5.5" = 4
bonus = ["5.4"]
[late]
percent = 10
due = 2026-11-27T12:00:00Z
"""
COLLECTED = "submission,late,submitted\nada,,2026-11-29T11:00:00Z\ngrace,,2026-11-27T11:00:00Z\n"


def result(**said: dict[str, object]) -> SubmissionResult:
    return SubmissionResult.of("ada", verdicts(**said), {"complete": True}, ("a note",))


def off(*ids: str) -> Points:
    return Points(off=frozenset(ids))


def waits(label: str) -> dict[str, object]:
    return {"status": "blocked", "waits_for": label}


def test_weights_and_links_are_those_of_a_verdict_made_under_them() -> None:
    points = Points(stage={"5": 2.0}, exercise={"heads": 1.0}, mistake={"5.9": 0.1}, general=0.0, url="https://x.org")
    said = {"scaled_attention_5.9": MISTAKE, "scaled_attention_general": waits("5.9")}
    weighed = reweighed(result(**said), points)
    assert weighed == SubmissionResult.of("ada", verdicts(points=points, **said), {"complete": True}, ("a note",))


def test_a_check_that_passed_is_left_out_by_arithmetic() -> None:
    weighed = reweighed(result(), off("5.9"))
    assert weighed is not None
    assert "5.9" not in {check.id for check in weighed.checks}
    assert weighed.score == weighed.max_score == result().score - 2


@pytest.mark.parametrize(
    "said",
    [
        {"scaled_attention_5.9": MISTAKE, "scaled_attention_general": waits("5.9")},
        {"scaled_attention_general": {"status": "wrong", "message": "Off in 3 of 8 numbers."}},
        {"scaled_attention_5.1": {"status": "timeout"}},
        {"scaled_attention_5.9": {"status": "error"}},
        {"scaled_attention_5.9": {"status": "todo"}, "scaled_attention_5.2": waits("5.9")},
    ],
    ids=["explains another", "a line may be named", "took time of others", "an exception", "others wait for it"],
)
def test_what_a_check_meant_to_others_is_found_by_grading_anew(said: dict[str, dict[str, object]]) -> None:
    assert reweighed(result(**said), off("5.9")) is None
    assert reweighed(result(**said), off("5.10")) is not None


def test_a_mistake_that_nothing_waits_for_is_left_out_by_arithmetic() -> None:
    weighed = reweighed(result(**{"scaled_attention_5.9": MISTAKE}), off("5.9"))
    assert weighed is not None
    assert weighed.score == weighed.max_score


def test_a_check_that_was_switched_off_and_is_on_again_was_never_run() -> None:
    without = reweighed(result(), off("5.9"))
    assert without is not None
    assert reweighed(without, Points()) is None


def test_a_notebook_that_comes_to_nothing_but_errors_is_graded_anew() -> None:
    checks: list[Verdict] = []
    for check in verdicts():
        good = check.id == "5.10"
        checks.append(check if good else replace(check, status="error", points=0.0))
    assert reweighed(SubmissionResult.of("ada", checks, {}), off("5.10")) is None


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    home = tmp_path / "class"
    for name in ("ada", "grace", "linus"):
        copy_stage(5, home / name)
    (home / "grace/stage5/heads.py").write_text(answer_text(5, "heads", first_answer("heads", "merge_heads 5.5")))
    (home / "linus/stage5/heads.py").write_text("def split_heads(x, n_heads):\n    return x\n")
    return home


def grade(batch: Path, out: Path) -> int:
    options = ("--seed", "3", "--timeout", "60", "--jobs", "1", "--line-seconds", "0")
    return main(["grade", str(batch), "--out", str(out), *options])


def forbidden(*args: object, **options: object) -> None:
    raise AssertionError("a student's code was run")


def test_an_unchanged_class_is_weighed_without_running_anything(
    batch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grade(batch, tmp_path / "out") == 0
    (batch / "misstep.toml").write_text(WEIGHTS)
    (batch / "collected.csv").write_text(COLLECTED)
    with monkeypatch.context() as patch:
        patch.setattr(worker, "grade", forbidden)
        assert grade(batch, tmp_path / "out") == 0
        assert "(3 kept from an earlier run, 3 of them re-weighed)" in capsys.readouterr().out
        assert grade(batch, tmp_path / "out") == 0
        assert "re-weighed" not in capsys.readouterr().out
    assert grade(batch, tmp_path / "fresh") == 0
    for file in ("results.jsonl", "gradebook.csv"):
        assert (tmp_path / "out" / file).read_bytes() == (tmp_path / "fresh" / file).read_bytes()
    ada, grace, _ = read_results(tmp_path / "out")
    bonus = 2.0  # of 5.4, in a stage that counts twice
    assert ada.late is not None
    assert (ada.late.days, ada.late.percent, ada.late.points) == (2, 20.0, round((ada.max_score + bonus) / 5, 6))
    assert ada.score == pytest.approx((ada.max_score + bonus) * 0.8)
    assert grace.late is None


def test_a_bonus_lifts_a_score_above_what_can_be_reached() -> None:
    weighed = reweighed(result(), Points(bonus=frozenset({"5.14", "split_heads"})))
    assert weighed is not None
    assert weighed.score == result().max_score
    assert weighed.max_score == weighed.score - 4


def test_a_mistake_switched_off_gives_what_grading_anew_gives(
    batch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grade(batch, tmp_path / "out") == 0
    (batch / "misstep.toml").write_text('[points]\noff = ["5.5"]\n')
    capsys.readouterr()
    assert grade(batch, tmp_path / "out") == 0
    assert "(1 kept from an earlier run, 1 of them re-weighed)" in capsys.readouterr().out
    assert grade(batch, tmp_path / "fresh") == 0
    assert (tmp_path / "out/results.jsonl").read_bytes() == (tmp_path / "fresh/results.jsonl").read_bytes()
    lines = [json.loads(line) for line in (tmp_path / "out/results.jsonl").read_text().splitlines()]
    found = {c["status"] for c in lines[1]["checks"] if c["exercise"] == "merge_heads" and c["id"] is None}
    assert found == {"wrong"}
