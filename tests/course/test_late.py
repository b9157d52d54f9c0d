"""The late rule counts days that were begun, in any time zone, and says what it does not understand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grader.course.late import Late, read_late

DUE = datetime.fromisoformat("2026-11-27T23:59:00+01:00")
RULE = Late(10.0, 5, DUE, {"jane": 2})


@pytest.mark.parametrize(
    ("hours", "days"), [(-1, 0), (0, 0), (0.1, 1), (24, 1), (24.1, 2), (72, 3)], ids=lambda value: str(value)
)
def test_a_day_that_was_begun_counts(hours: float, days: int) -> None:
    assert RULE.days_late("bo", DUE + timedelta(hours=hours), marked=False) == days


def test_a_time_is_compared_in_its_own_zone_or_in_the_courses() -> None:
    assert RULE.days_late("bo", datetime.fromisoformat("2026-11-27T22:58:00+00:00"), marked=True) == 0
    assert RULE.days_late("bo", datetime.fromisoformat("2026-11-28T00:00:00"), marked=False) == 1


def test_who_has_more_days_is_late_later() -> None:
    assert RULE.days_late("jane", DUE + timedelta(days=1.5), marked=True) == 0
    assert RULE.days_late("jane", DUE + timedelta(days=2.5), marked=True) == 1


def test_a_mark_alone_is_one_day() -> None:
    assert RULE.days_late("bo", None, marked=True) == 1
    assert Late(10.0).days_late("bo", DUE, marked=True) == 1
    assert Late(10.0).days_late("bo", DUE, marked=False) == 0


def test_nothing_is_left_after_the_last_day() -> None:
    assert [RULE.off(days) for days in (0, 1, 5, 6)] == [0, 10, 50, 100]
    assert Late(30.0).off(9) == 100


@pytest.mark.parametrize(
    "table",
    [
        {"days": 3},
        {"percent": "ten"},
        {"percent": 101},
        {"percent": True},
        {"percent": 5, "days": 1.5},
        {"percent": 5, "due": "tomorrow"},
        {"percent": 5, "more": {"jane": "two"}},
        {"percent": 5, "perday": 1},
    ],
    ids=str,
)
def test_what_means_nothing_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^late\."):
        read_late(table)


def test_no_table_is_no_rule() -> None:
    assert read_late({}) is None
