"""GitHub Classroom's reporter shows the grade that was given, whatever a student wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.frontends.github.reporter import environment, runners
from grader.results.verdict import Verdict

from .reporter_contract import Report, report
from .sample import HOSTILE, check


def reported(checks: list[Verdict]) -> Report:
    objects = runners(checks)
    return report(",".join(objects), environment(objects))


@pytest.mark.parametrize("count", [1, 2, 21, 22, 25, 27, 49, 60, 100])
@pytest.mark.parametrize("points", [1, 2, 5, 10])
def test_table_and_notice_agree_whatever_passes(count: int, points: float) -> None:
    for passing in range(count + 1):
        checks = [check("passed" if n < passing else "mistake", points) for n in range(count)]
        shown = reported(checks)
        assert shown.total == shown.notice == (passing * points, count * points)


def test_table_and_notice_agree_where_checks_have_different_weights() -> None:
    checks = [
        check("passed", 3),
        check("mistake", 1),
        check("passed", 0.5),
        check("passed", 1, stage=6),
        check("wrong", 3),
        check("todo", 0.25, stage=6),
    ]
    shown = reported(checks)
    assert shown.total == pytest.approx((4.5, 8.75))
    assert shown.notice == pytest.approx(shown.total)
    assert len(shown.table) == 5


def test_one_weight_in_one_stage_is_one_runner_named_after_the_stage() -> None:
    assert list(runners([check("passed"), check("todo"), check("passed", stage=3)])) == ["stage3", "stage5"]


def test_a_check_worth_nothing_is_left_out() -> None:
    assert reported([check("passed"), check("mistake", 0)]).total == (1, 1)


def test_nothing_to_report_is_no_runner_rather_than_a_green_one() -> None:
    assert runners([]) == {}
    assert runners([check("passed", 0)]) == {}


@pytest.mark.parametrize("status", ["mistake", "wrong", "blocked", "todo", "error", "timeout"])
def test_whatever_did_not_pass_fails_the_run(status: str) -> None:
    assert reported([check("passed"), check(status)]).failed


def test_a_full_score_does_not_fail_the_run() -> None:
    assert not reported([check("passed"), check("passed", 2)]).failed


def test_a_partly_earned_point_is_not_counted_twice() -> None:
    shown = reported([replace(check("passed"), points=0.5), check("passed")])
    assert shown.total == shown.notice


@pytest.mark.parametrize("status", ["passed", "mistake", "error", "timeout"])
def test_nothing_a_student_wrote_becomes_a_command(status: str) -> None:
    log = reported([check(status, message=HOSTILE, exercise=HOSTILE)]).log
    assert len(log.splitlines()) == 1
    assert "::" not in log
    assert "##[" not in log
    assert "\x1b" not in log


def test_no_test_source_is_printed() -> None:
    assert "Test code" not in reported([check("mistake")]).log


def test_an_error_says_which_check_it_is_about() -> None:
    assert "5.2 scaled_attention" in reported([check("error", message="ValueError: no")]).log
