"""What makes two undocumented wrong answers one slip: the change that mends both, or else what they return."""

from __future__ import annotations

import keyword
import re
from hashlib import blake2b
from typing import Any

import numpy as np

# A name that stands for a value: not an attribute, not a function that is called, not an argument's name.
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\w)(?!\s*\()(?!\s*=(?!=))")
_SPACES = re.compile(r"\s+(?![\w])|(?<![\w])\s+")


def of_change(before: str, after: str) -> str:
    """A change up to the names of what it speaks of and up to spaces."""
    names: dict[str, str] = {}

    def anonymous(match: re.Match[str]) -> str:
        name = match[0]
        if keyword.iskeyword(name) or name in ("np", "numpy"):
            return name
        return names.setdefault(name, f"x{len(names) + 1}")

    return _SPACES.sub("", _NAME.sub(anonymous, f"{before} → {after}"))


def of_result(result: Any) -> str:
    """A digest of what a function returned, the same for results that are equal up to rounding."""
    digest = blake2b(digest_size=8)
    _add(digest, result)
    return digest.hexdigest()


def _add(digest: Any, value: Any) -> None:
    if isinstance(value, list):
        digest.update(f"list {len(value)}".encode())
        for item in value:
            _add(digest, item)
    elif isinstance(value, np.ndarray | float | int):
        numbers = np.asarray(value, dtype=float)
        finite = np.abs(numbers[np.isfinite(numbers)])
        scale = float(finite.max(initial=0.0)) or 1.0
        # Adding zero makes 0.0 of -0.0.
        digest.update(f"{numbers.shape}".encode() + (np.round(numbers / scale, 5) + 0.0).tobytes())
    else:
        digest.update(type(value).__name__.encode() + str(value)[:200].encode())
