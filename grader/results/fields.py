"""The fields of a JSON object that somebody else may have written: each of the right kind, or a ValueError."""

from __future__ import annotations

import math
from typing import Any


def value_of(data: Any, key: str) -> Any:
    """What stands under `key`. Raises ValueError where `data` is no object, or has no such key."""
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    if key not in data:
        raise ValueError(f'"{key}" is missing')
    return data[key]


def text_of(data: Any, key: str, or_null: bool = False) -> Any:
    """A text, or None where that may be."""
    value = value_of(data, key)
    if isinstance(value, str) or (or_null and value is None):
        return value
    raise ValueError(f'"{key}" must be text{" or null" if or_null else ""}')


def number_of(data: Any, key: str) -> float:
    """A finite number."""
    value = value_of(data, key)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    raise ValueError(f'"{key}" must be a finite number')


def whole_of(data: Any, key: str) -> int:
    """A whole number."""
    value = value_of(data, key)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f'"{key}" must be a whole number')


def list_of(data: Any, key: str) -> list[Any]:
    """A list."""
    value = value_of(data, key)
    if not isinstance(value, list):
        raise ValueError(f'"{key}" must be a list')
    return value
