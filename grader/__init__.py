"""misstep: graded numpy exercises that name the exact mistake a student made."""

from typing import Any

__all__ = ["__version__", "load_ipython_extension"]

# The one place where the version stands: pyproject.toml reads it from here.
__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext grader`: the magics `%check`, `%hint` and `%explain`."""
    import importlib

    # By name: every room may import this package, and none of them the notebooks.
    importlib.import_module("grader.frontends.notebooks.magics").register(shell)
