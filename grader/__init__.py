"""misstep: graded numpy exercises that name the exact mistake a student made."""

__all__ = ["__version__"]

# The one place where the version stands: pyproject.toml reads it from here.
__version__ = "0.1.0"
