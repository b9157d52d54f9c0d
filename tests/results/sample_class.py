"""A small class as a finished run leaves it, without grading anybody."""

from __future__ import annotations

import json
from pathlib import Path

from grader.course.catalogue import find_page, stage
from grader.course.points import Points
from grader.results.files import write_files
from grader.results.records import SubmissionResult
from grader.results.store import Store, detail_text
from grader.results.verdict import Verdict
from grader.student.faults import Frame


def verdicts(number: int = 5, points: Points | None = None, **said: dict[str, object]) -> list[Verdict]:
    """All checks of a stage, passed but for what is `said` of `exercise_label`."""
    table = points or Points()
    found = []
    for exercise in stage(number).exercises:
        for check in exercise.checks:
            page = find_page(check.id) if check.id else None
            most = table.of(exercise, check)
            changes = said.get(f"{exercise.name}_{check.label}", {})
            verdict = Verdict(
                id=check.id,
                exercise=exercise.name,
                stage=number,
                status="passed",
                points=most,
                max_points=most,
                link=table.link(page.link) if page else None,
                title=page.title if page else "The result is not right",
                question=check.question,
                where=Frame(f"stage{number}/{exercise.stem}.py", 3, exercise.name, "def f():"),
            )
            found.append(Verdict(**{**vars(verdict), **({"points": 0.0, **changes} if changes else {})}))
    return found


def make_out(out: Path, people: dict[str, list[Verdict]], notes: dict[str, tuple[str, ...]] | None = None) -> Path:
    """Store and results of these people."""
    store = Store(out)
    for name, checks in people.items():
        result = SubmissionResult.of(name, checks, {"complete": True}, (notes or {}).get(name, ()))
        store.put(name, "key", json.dumps(result.to_json()), detail_text(checks))
    write_files(out, store, sorted(people))
    store.close()
    return out
