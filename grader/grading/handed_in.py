"""When each submission of a batch was handed in: by the list that `misstep collect` writes, or by its last commit."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.course.late import Late
from grader.grading.find import Task
from grader.grading.intake import read_bytes

LIST = "collected.csv"
MAX_LIST, MAX_REF, MAX_REFS, MAX_COMMIT = 50_000_000, 1000, 5_000_000, 100_000
GIT_SECONDS = 10
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_COMMITTER = re.compile(rb"^committer .* (\d{1,12}) [+-]\d{4}$", re.MULTILINE)
# Of Brightspace, without its colon, and of Blackboard; the others are ISO 8601 but for a blank before the zone.
_FORMS = ("%Y-%m-%d-%H-%M-%S", "%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p", "%d %b %Y %H%M", "%b %d, %Y %I:%M %p")


@dataclass(frozen=True)
class HandedIn:
    """The time, if it is known, and whether the learning management system marks it as late."""

    time: datetime | None
    marked: bool = False


def days_late(late: Late | None, batch: Path, tasks: Iterable[Task]) -> dict[str, int]:
    """The days begun after the due time, by submission; those that are not late are left out."""
    if late is None:
        return {}
    listed = _listed(batch / LIST)
    found: dict[str, int] = {}
    with Commits() as commits:
        for task in tasks:
            handed = listed.get(task.name) or HandedIn(commits.time(task.path) if late.due else None)
            if days := late.days_late(task.name, handed.time, marked=handed.marked):
                found[task.name] = days
    return found


def _listed(path: Path) -> dict[str, HandedIn]:
    content, problem = read_bytes(path, MAX_LIST) if path.is_file() else (b"", "none")
    if problem:
        return {}
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace")))
    return {
        str(row.get("submission")): HandedIn(read_time(str(row.get("submitted") or "")), row.get("late") == "late")
        for row in rows
    }


def read_time(text: str) -> datetime | None:
    """A time as the systems write it; None where it is not one."""
    plain = re.sub(r" (?=[+-]\d{2}:?\d{2}$)", "", text.strip().lstrip("'").removesuffix(" UTC"))
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form)
        except ValueError:
            continue
    return None


class Commits:
    """Reads when the last commit of a clone says that it was made.

    The clone's own configuration may name commands to run, so git reads its objects through a repository of ours.
    """

    def __init__(self) -> None:
        self._home = tempfile.TemporaryDirectory()
        self._works = _succeeds(["git", "init", "-q", "--bare", self._home.name])

    def time(self, folder: Path) -> datetime | None:
        """None where there is no commit that can be read."""
        name, objects = _head(folder / ".git"), folder / ".git" / "objects"
        if not self._works or not name or not objects.is_dir() or (folder / ".git").is_symlink():
            return None
        lists = Path(self._home.name) / "objects" / "info"
        lists.mkdir(exist_ok=True)
        (lists / "alternates").write_bytes(os.fsencode(objects.resolve()) + b"\n")
        found = _COMMITTER.search(self._shown(name).partition(b"\n\n")[0])
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(found.group(1))) if found else None

    def _shown(self, name: str) -> bytes:
        """The first part of a commit, however large it is."""
        command = ["git", f"--git-dir={self._home.name}", "cat-file", "commit", name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            shown = process.stdout.read(MAX_COMMIT)
            process.kill()
        return shown

    def __enter__(self) -> Commits:
        return self

    def __exit__(self, *_: object) -> None:
        self._home.cleanup()


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=GIT_SECONDS, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _head(git: Path) -> str:
    """The commit that HEAD names; "" where it names none."""
    text = _text(git / "HEAD", MAX_REF)
    if not text.startswith("ref: refs/"):
        return text if _OBJECT.fullmatch(text) else ""
    ref = text.removeprefix("ref: ")
    if ".." in ref or "\0" in ref:
        return ""
    loose = _text(git / ref, MAX_REF)
    packed = re.search(rf"^({_OBJECT.pattern}) {re.escape(ref)}$", _text(git / "packed-refs", MAX_REFS), re.MULTILINE)
    name = loose or (packed.group(1) if packed else "")
    return name if _OBJECT.fullmatch(name) else ""


def _text(path: Path, limit: int) -> str:
    content, problem = read_bytes(path, limit) if path.is_file() else (b"", "none")
    return "" if problem else content.decode("utf-8", "replace").strip()
