"""Docstrings that are part of the course, and there under `python -OO`, too."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any


def docstring(thing: Any) -> str:
    """The docstring of a module or a function: read from the source where Python was told to throw it away."""
    if thing.__doc__ is not None:
        return inspect.cleandoc(thing.__doc__)
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    except (OSError, TypeError, SyntaxError):
        return ""
    node = tree if inspect.ismodule(thing) else tree.body[0]
    return ast.get_docstring(node) or ""  # type: ignore[arg-type]
