"""What a class's models came to in milestones, kept beside the results.

OUT/milestones.json: {"version": 1, "submissions": {NAME: {"6": {"what": "loss", "yours": 1.2, "reference": 1.2,
"fine": true, "stopped": "", "own": 10, "needed": 10}}}}. `yours` is null where the milestone stopped (`stopped` then
names the function), and where none of the functions that it needs is the student's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.results.atomic import write_whole
from grader.results.records import ResultsError

FILE, VERSION = "milestones.json", 1


@dataclass(frozen=True)
class Reached:
    """What one submission's model came to in one milestone, beside the reference's."""

    what: str
    yours: float | None
    reference: float | None
    fine: bool
    stopped: str = ""
    own: int = 0
    needed: int = 0

    @property
    def text(self) -> str:
        """In a few characters, for a table."""
        if self.yours is None:
            return f"stopped at {self.stopped}" if self.stopped else "not begun" if self.needed else "did not run"
        number = f"{self.yours:.0%}" if self.what == "accuracy" else f"{self.yours:.2f}"
        some = f" ({self.own} of {self.needed})" if self.own < self.needed else ""
        return f"{number}{some}" if self.fine else f"{number} ≠{some}"


def read_milestones(out: Path) -> dict[str, dict[int, Reached]]:
    """By submission and milestone; nothing where none was run. Raises ResultsError for a file of another form."""
    path = out / FILE
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise ValueError(f"version {data['version']!r}")
        return {
            name: {int(number): Reached(**one) for number, one in found.items()}
            for name, found in data["submissions"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{path} cannot be read as milestones: {error}") from error


def keep_milestones(out: Path, name: str, reached: Mapping[int, Reached]) -> None:
    """Keep what a submission came to, beside what is there. Raises OSError and ResultsError."""
    kept = read_milestones(out)
    kept[name] = {**kept.get(name, {}), **reached}
    submissions = {
        one: {str(number): asdict(value) for number, value in sorted(found.items())}
        for one, found in sorted(kept.items())
    }
    write_whole(out / FILE, json.dumps({"version": VERSION, "submissions": submissions}, indent=1) + "\n")
