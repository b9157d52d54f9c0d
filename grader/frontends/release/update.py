"""Writing a release over an earlier one: ours is brought up to date, the instructor's changes stay.

A manifest in the repository holds the digest of every file as it was last released. A file that still has
that digest is ours to replace. One that was changed is theirs; if ours has changed as well, theirs stays,
ours is put beside it, and the conflict is named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.frontends.release.wheel import ReleaseError
from grader.results.atomic import write_whole

MANIFEST = ".misstep-release.json"
BESIDE = ".misstep-new"


@dataclass
class Update:
    """What was done, as paths in the repository."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def remembered(target: Path) -> dict[str, Any]:
    """The options of the last release into `target`; empty where there was none. Raises ReleaseError."""
    return _manifest(target)[1]


def update(target: Path, release: Mapping[str, bytes], options: Mapping[str, Any]) -> Update:
    """Brings the repository `target` to `release`, made with `options`. Raises ReleaseError."""
    before, _ = _manifest(target)
    done = Update()
    for path, content in release.items():
        _place(target, path, content, before.get(path), done)
    for path in sorted(before.keys() - release.keys()):
        _withdraw(target, path, before[path], done)
    digests = {path: _digest(content) for path, content in sorted(release.items())}
    manifest = {"options": dict(options), "files": digests}
    write_whole(target / MANIFEST, json.dumps(manifest, indent=2) + "\n")
    return done


def _place(target: Path, path: str, content: bytes, before: str | None, done: Update) -> None:
    file, new = target / path, _digest(content)
    present = _digest(file.read_bytes()) if file.is_file() else None
    if present == new:
        return
    if present == before:  # untouched since, or not there and never released
        write_whole(file, content)
        done.written.append(path)
    elif new == before:  # theirs changed (or went), ours did not
        done.kept.append(path)
    else:
        write_whole(file.with_name(file.name + BESIDE), content)
        done.conflicts.append(path)


def _withdraw(target: Path, path: str, before: str, done: Update) -> None:
    """Takes back a file that the release no longer has, unless it was changed."""
    file = target / path
    if not file.is_file():
        return
    if _digest(file.read_bytes()) == before:
        file.unlink()
        done.removed.append(path)
    else:
        done.kept.append(path)


def _manifest(target: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """The digests of the files that were released, and the options they were made with."""
    file = target / MANIFEST
    if not file.exists():
        return {}, {}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {str(path): str(digest) for path, digest in content["files"].items()}, dict(content["options"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ReleaseError(f"{file} cannot be read; without it nothing here is known as ours") from problem


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
