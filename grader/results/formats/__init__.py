"""Results as other systems want them: one small module per format, found by its name.

A format is a module of this package with a docstring (first line: what it is; then its source), and

- `FILE_NAME`, what its file is called by default, and
- `render(entries, assignment)` for one file about the class (a list of `Entry`), or
- `render_one(result)` for one file per submission.

`MATCHED_ONLY = True` says that the target refuses or misplaces people who are not on the roster, and `ADVICE`
is what to mind when the file is imported. `ENCODING` is UTF-8 unless the format says otherwise.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType

from grader.results.formats.roster import Entry
from grader.results.records import SubmissionResult

__all__ = ["entries", "formats", "is_per_submission"]


def formats() -> dict[str, ModuleType]:
    """Every format by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "FILE_NAME")}


def is_per_submission(module: ModuleType) -> bool:
    """Whether the format has one file per submission instead of one for the class."""
    return hasattr(module, "render_one")


def entries(results: Sequence[SubmissionResult]) -> list[Entry]:
    """A class without a roster."""
    return [Entry(result) for result in results]
