"""The seed of a results directory: drawn once, secret, and kept there, so that a second run asks the same."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from grader.results.atomic import write_whole
from grader.results.store import StoreError

FILE = "seed"
BITS = 62


def settled_seed(out: Path, chosen: int | None, default: int | None = None) -> int:
    """The seed of the results in `out`: `chosen`, or the one kept there, or else `default`, or a new secret one.

    A chosen or new one is kept for the next run. Raises StoreError where that cannot be.
    """
    path = out / FILE
    kept = _read(path)
    if chosen is None and (kept is not None or default is not None):
        return kept if kept is not None else default  # type: ignore[return-value]
    seed = secrets.randbits(BITS) if chosen is None else chosen
    if seed != kept:
        _keep(path, seed)
        print(f"The seed of all inputs is {seed}. It is kept in {path}: keep it secret.", file=sys.stderr)
    return seed


def _keep(path: Path, seed: int) -> None:
    try:
        write_whole(path, f"{seed}\n")
        os.chmod(path, 0o600)
    except OSError as error:
        reason = "it is a file" if path.parent.is_file() else error.strerror
        raise StoreError(f"{path.parent} cannot be used for results: {reason}") from error


def _read(path: Path) -> int | None:
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    if not (text.isascii() and text.isdigit()):
        raise StoreError(f"{path} holds no seed: write a whole number into it, or remove it")
    return int(text)
