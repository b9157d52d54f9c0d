"""The late rule: what `[late]` in misstep.toml takes off the points of who hands in after the due time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

_KEYS = {"percent", "days", "due", "more"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Late:
    """`percent` of the points for every day begun after `due`, nothing is left after `days`.

    Without `due` only what a learning management system marks as late is, by one day. `more` are the days that single
    submissions have beyond `due`, by name.
    """

    percent: float
    days: int | None = None
    due: datetime | None = None
    more: Mapping[str, float] = field(default_factory=dict)

    def days_late(self, name: str, handed_in: datetime | None, *, marked: bool) -> int:
        """How many days were begun; a submission of which no time is known, but a mark, counts as one day late."""
        if self.due is None or handed_in is None:
            return int(marked and name not in self.more)
        # A time without a zone is one of the same place as the due time.
        time = handed_in if handed_in.tzinfo else handed_in.replace(tzinfo=self.due.tzinfo)
        return max(0, math.ceil((time - self.due - self.more.get(name, 0) * _DAY) / _DAY))

    def off(self, days: int) -> float:
        """The percent that so many days cost."""
        if self.days is not None and days > self.days:
            return 100.0
        return min(100.0, self.percent * days)

    def to_json(self) -> dict[str, Any]:
        """The rule as JSON."""
        due = self.due.isoformat() if self.due else None
        return {"percent": self.percent, "days": self.days, "due": due, "more": dict(self.more)}


def read_late(table: Mapping[str, Any]) -> Late | None:
    """The rule of a table; None for an empty one. Raises ValueError, saying which entry means nothing."""
    if not table:
        return None
    for key in set(table) - _KEYS:
        raise ValueError(f"late.{key} is unknown; [late] has {', '.join(sorted(_KEYS))}")
    percent, days, due, more = table.get("percent"), table.get("days"), table.get("due"), table.get("more", {})
    if percent is None or not _is_number(percent) or percent > 100:
        raise ValueError(f"late.percent is {percent!r}, and must be a number from 0 to 100")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or days < 0):
        raise ValueError(f"late.days is {days!r}, and must be a whole number of days")
    if due is not None and not isinstance(due, datetime):
        raise ValueError(f"late.due is {due!r}, and must be a time such as 2026-11-27T23:59:00+01:00")
    if not isinstance(more, dict) or not all(map(_is_number, more.values())):
        raise ValueError("late.more must be a table of days by submission, such as jane = 2")
    due = due.replace(tzinfo=UTC) if due is not None and due.tzinfo is None else due
    return Late(float(percent), days, due, more)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
