"""The skeleton of a documented mistake, made from what a group of students handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.course.catalogue import Exercise, stage
from grader.grading.intake import read_submission
from grader.results.atomic import write_whole
from grader.results.slips import Slip, slips
from grader.results.store import read_details
from grader.student.source import Source

MOST_ANSWERS = 8
PAGE = """
## Mistake {number}

**{id} · TITLE IN A FEW WORDS**

**What you see.** WHAT A STUDENT NOTICES, AND WHAT LOOKS RIGHT.

**Why it happens and matters.** HOW ONE COMES TO WRITE IT, AND WHAT IT COSTS.

**The wrong code**

```python
# MAKE IT PROVE ITSELF: each block is run by a test.
```

**See it in your own arrays**

```python
# A FEW LINES THAT SHOW IT.
```

**The idea of the fix.** WHERE TO LOOK, WITHOUT THE LINE ITSELF.
"""
CHECK = '''

@shows("{id}", "{exercise}")
def test_{name}(answer: Answer, rng: Rng) -> None:
    """A QUESTION THAT LEADS ON AND DOES NOT GIVE THE ANSWER AWAY?"""
    # MEASURE ONE PROPERTY; `mistake` ONLY ON EVIDENCE. What {size} students were told so far:
    # {message}
    raise NotImplementedError
'''
HINTS = """
["{id}"]
steps = [
    "WHERE TO LOOK.",
    "WHAT TO COMPARE.",
    "THE IDEA.",
]
"""


class DraftError(ValueError):
    """There is nothing to draft, or no place for it."""


def draft(out: Path, group: int, batch: Path, to: Path | None = None) -> list[Path]:
    """Write the skeleton of the mistake that a group of `slips` shows; the files written.

    Raises DraftError, StoreError or OSError.
    """
    found = slips(read_details(out))
    if not 1 <= group <= len(found):
        raise DraftError(f"{out} has no group {group}; `misstep slips {out} --all` shows {len(found)}")
    slip = found[group - 1]
    number = max(int(page.partition(".")[2]) for page in stage(slip.stage).pages) + 1
    home = to or Path(f"draft-{slip.stage}.{number}")
    if home.exists():
        raise DraftError(f"{home} is there already; give another place with --to")
    written = []
    for path, text in _files(slip, number, batch).items():
        write_whole(home / path, text)
        written.append(home / path)
    return written


def _files(slip: Slip, number: int, batch: Path) -> Mapping[str, str]:
    exercise = stage(slip.stage).exercise(slip.exercise)
    name = f"stage{slip.stage}"
    mistake = f"{slip.stage}.{number}"
    words = {
        "id": mistake,
        "number": number,
        "exercise": slip.exercise,
        "name": f"{slip.exercise}_does_not_do_this",
        "size": slip.size,
        "message": slip.sample.message[:80].replace("\n", " ") + "…",
    }
    answers = {
        f"solutions/{name}/answers/{exercise.stem}/{mistake.replace('.', '_')}_{n}.py": text
        for n, text in enumerate(_answers(slip, exercise, mistake, batch), start=1)
    }
    return {
        f"exercises/{name}/MISTAKES.md": PAGE.format(**words),
        f"exercises/{name}/hints.toml": HINTS.format(**words),
        f"grader/course/suites/{name}/test_{exercise.stem}.py": CHECK.format(**words),
        **answers,
    }


def _answers(slip: Slip, exercise: Exercise, mistake: str, batch: Path) -> Iterator[str]:
    """The students' files, each once and without a name; the first line says what they show."""
    seen: set[bytes] = set()
    for student in slip.students:
        source = read_submission(batch / student, student).sources.get(slip.stage, {}).get(exercise.stem)
        text = _text(source, exercise.name) if source else b""
        if text and text not in seen and len(seen) < MOST_ANSWERS:
            seen.add(text)
            yield f"# shows: {exercise.name} {mistake}\n" + text.decode("utf-8", "replace")


def _text(source: Source, function: str) -> bytes:
    """The file, or the cells of a notebook that speak of the function."""
    return b"\n\n".join(chunk for chunk in source.chunks if not source.forgiving or function.encode() in chunk)
