"""Code for where misstep may not be, or is run by another Python: it travels as text.

Pickled by value it would be bytecode, which is garbage to another Python and may take a worker down.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

_MADE = "exec(text, space) or space[name](*arguments)"


def reduced(file: str, name: str, arguments: tuple[Any, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """What `__reduce__` of a class in this file gives: there, the file is run, and its class called."""
    space = {"__name__": Path(file).stem}
    text = Path(file).read_text(encoding="utf-8")
    return eval, (_MADE, {"text": text, "space": space, "name": name, "arguments": arguments})
