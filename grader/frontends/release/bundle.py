"""What a teacher puts into `CLASSROOM/autograders/ASSIGNMENT/` of a Classroom 50 repository.

Source: foundation50/classroom50, wiki page "Advanced Autograding": the runner starts `autograder.py` in the
student's checkout; the files beside it come along.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from grader.frontends.release.wheel import build_wheel


def bundle(stages: Sequence[int] = (), points: bytes | None = None, seed: int | None = None) -> dict[str, bytes]:
    """`autograder.py` and the wheel, by name. `stages` says which stages are graded, all if none.

    The wheel holds the course's `points` (a misstep.toml) and the right answers for its secret `seed`.
    """
    name, wheel = build_wheel(points, seed)
    script = (files("grader.frontends.release") / "autograder" / "classroom50.in").read_text(encoding="utf-8")
    options = [word for number in stages for word in ("--stage", str(number))]
    text = script.replace("@WHEEL@", name).replace("@OPTIONS@", repr(options))
    return {"autograder.py": text.encode("utf-8"), name: wheel}
