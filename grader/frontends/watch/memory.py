"""What is remembered between runs, in `.misstep/` of the student's folder: git ignores it, and it may be deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.course.catalogue import Exercise
from grader.results.atomic import write_whole
from grader.results.verdict import Verdict

FOLDER = ".misstep"


@dataclass
class Memory:
    """The mistakes that were met, how many hints of each were read, the exercises done, and the one worked at."""

    path: Path
    met: set[str] = field(default_factory=set)
    hints: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    at: str = ""

    def note(self, exercise: Exercise, verdicts: Sequence[Verdict]) -> None:
        """Remember what an exercise came to."""
        key = key_of(exercise)
        self.met |= {verdict.id for verdict in verdicts if verdict.id and verdict.status == "mistake"}
        if verdicts and all(verdict.passed for verdict in verdicts):
            self.done.add(key)
        else:
            self.done.discard(key)

    def is_done(self, exercise: Exercise) -> bool:
        """Whether all of its checks passed when it was last judged."""
        return key_of(exercise) in self.done

    def save(self) -> None:
        """Write it down. A folder that cannot be written to costs the memory and nothing else."""
        data = {"met": sorted(self.met), "hints": self.hints, "done": sorted(self.done), "at": self.at}
        try:
            self.path.parent.mkdir(exist_ok=True)
            ignore = self.path.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            write_whole(self.path, json.dumps(data, indent=1) + "\n")
            self.path.chmod(0o644)
        except OSError:
            pass


def key_of(exercise: Exercise) -> str:
    """What an exercise goes by in the memory: two stages may have functions of one name."""
    return f"stage{exercise.stage}/{exercise.name}"


def remembered(root: Path) -> Memory:
    """What is known of the work in `root`; a file that cannot be read counts as none."""
    path = root / FOLDER / "progress.json"
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        data = {}
    data = data if isinstance(data, dict) else {}
    hints = data.get("hints")
    kept = {str(k): v for k, v in hints.items() if type(v) is int} if isinstance(hints, dict) else {}
    return Memory(path, _texts(data.get("met")), kept, _texts(data.get("done")), str(data.get("at") or ""))


def met_in(root: Path) -> set[str]:
    """The mistakes that were met in this folder, in watch or in pytest."""
    return remembered(root).met | _met_in_pytest(root)


def _met_in_pytest(root: Path) -> set[str]:
    """The mistakes that pytest named in its last runs: its plugin keeps them in pytest's own cache."""
    try:
        return _texts(json.loads((root / ".pytest_cache/v/misstep/met").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return set()


def _texts(value: object) -> set[str]:
    return {text for text in value if isinstance(text, str)} if isinstance(value, Iterable) else set()
