"""Whose turn it is: a check that waits for another one runs, and is counted, after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grader.frontends.pytest_plugin.items import PROPERTY, CheckItem

if TYPE_CHECKING:
    from xdist.scheduler import Scheduling

TOGETHER = "misstep_together"


def before(item: CheckItem) -> CheckItem:
    """The item to run now: this one, or what it waits for, with which it then changes places."""
    items = item.session.items
    inputs = getattr(item.config, "workerinput", None)
    if item not in items or (inputs is not None and not inputs.get(TOGETHER)):
        return item
    place = items.index(item)
    later = [other for other in items[place + 1 :] if isinstance(other, CheckItem)]
    same = {i.check.label: i for i in later if i.parent is item.parent and i.exercise is item.exercise}
    try:
        examined = item.parent.examined_before(item.exercise)
    except Exception:
        return item  # a fault of ours: told when the item runs
    chosen, waiting = item, {item.check.label}
    while (awaited := examined[chosen.check.label][0].waits_for) in same and awaited not in waiting:
        waiting.add(awaited)
        chosen = same[awaited]
    if chosen is not item:
        other = items.index(chosen)
        items[place], items[other] = chosen, item
    return chosen


def resumed(items: list[pytest.Item], stopped_at: str) -> list[pytest.Item]:
    """The items for `--stepwise`, which goes on from where it stopped: no waiting check stands before that."""
    stop = next((i for i in items if i.nodeid == stopped_at and isinstance(i, CheckItem)), None)
    if stop is None:
        return items
    first = next(place for place, i in enumerate(items) if i is stop or _is_sibling(i, stop))
    rest = [item for item in items if item is not stop]
    return [*rest[:first], stop, *rest[first:]]


def _is_sibling(item: pytest.Item, other: CheckItem) -> bool:
    return isinstance(item, CheckItem) and item.parent is other.parent and item.exercise is other.exercise


class FailureCount:
    """Keeps checks that only wait from being counted by `--maxfail`: two failures are two things to mend."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._failed: set[tuple[object, ...]] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called before pytest itself counts."""
        found = verdict_of(report)
        if found is None or not report.failed:
            return
        exercise = (found["folder"], found["stage"], found["exercise"])
        if (*exercise, found["waits_for"]) in self._failed:
            self._session.testsfailed -= 1
        self._failed.add((*exercise, found["id"] or "general"))


def verdict_of(report: object) -> dict[str, Any] | None:
    """The verdict that a report carries, if it is of the call of a check."""
    if not isinstance(report, pytest.TestReport) or report.when != "call":
        return None
    found: Any = dict(report.user_properties).get(PROPERTY)
    return found if isinstance(found, dict) else None


def scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """pytest-xdist's for `-n`, but that one process gets all checks of an exercise: they are made at once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByExercise(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid.partition("[")[0] if nodeid.endswith("]") else nodeid

    return ByExercise(config, log)
