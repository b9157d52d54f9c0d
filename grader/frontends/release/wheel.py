"""The wheel of the students' edition, built from a checkout of the kit without a network."""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import grader
from grader.course.catalogue import stages
from grader.course.points import FILE as POINTS
from grader.grading.recording import answers, is_stale
from grader.grading.reference import SEED_FILE, dump


class ReleaseError(Exception):
    """A release is not possible; the text says what is missing."""


def checkout() -> Path:
    """The root of the checkout that this package runs from. Raises ReleaseError for an installed wheel."""
    root = Path(grader.__file__).resolve().parents[1]
    if not (root / "pyproject.toml").is_file() or not (root / "solutions").is_dir():
        raise ReleaseError(
            f"a release is made from a checkout of misstep (pip install -e '.[instructor]'), and {root} is none"
        )
    return root


def build_wheel(points: bytes | None = None, seed: int | None = None) -> tuple[str, bytes]:
    """The wheel's file name and content; the same sources give the same bytes.

    A course's own wheel holds its `points` (a misstep.toml) and the right answers for its `seed`.
    Raises ReleaseError also where the recorded answers, by which a wheel judges results, are not up to date.
    """
    root = checkout()
    stale = ", ".join(str(path) for path in is_stale())
    if stale:
        raise ReleaseError(f"run `misstep record` first, this is not what the solutions answer: {stale}")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            raise ReleaseError(_failure(done.stderr or done.stdout))
        return wheels[0].name, with_files(wheels[0].read_bytes(), _own(points, seed))


def _own(points: bytes | None, seed: int | None) -> dict[str, bytes]:
    """What a course's own wheel holds in place of the kit's, by path."""
    found = {} if points is None else {f"grader/course/{POINTS}": points}
    if seed is not None:
        found[f"grader/course/suites/{SEED_FILE}"] = f"{seed}\n".encode()
        with tempfile.TemporaryDirectory() as folder:
            for level in stages():
                path = Path(folder) / level.name
                dump(path, answers(level, seed))
                found[f"grader/course/suites/{level.name}/expected.npz"] = path.read_bytes()
    return found


def with_files(wheel: bytes, files: Mapping[str, bytes]) -> bytes:
    """A wheel with some files more, or in the place of its own, and its RECORD kept true.

    Source: packaging.python.org, "Binary distribution format", "The .dist-info directory".
    """
    if not files:
        return wheel
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(wheel)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        record = next(info for info in before.infolist() if info.filename.endswith(".dist-info/RECORD"))
        for info in before.infolist():
            if info.filename not in files and info is not record:
                after.writestr(info, before.read(info))
        for path, content in sorted(files.items()):
            after.writestr(zipfile.ZipInfo(path, record.date_time), content, zipfile.ZIP_DEFLATED)
        lines = [line for line in before.read(record).decode().splitlines() if line.split(",")[0] not in files]
        after.writestr(record, "\n".join([*(_line(path, content) for path, content in files.items()), *lines]) + "\n")
    return out.getvalue()


def _line(path: str, content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(content)}"


def _failure(output: str) -> str:
    if "No module named hatchling" in output:
        return "building the wheel needs hatchling: pip install 'misstep[instructor]'"
    return f"the wheel cannot be built:\n{output.strip()}"
