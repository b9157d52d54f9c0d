"""A warning, as pytest shows warnings, of imports that will be stand-ins when a file is graded."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.student.source import Source


class StandInWarning(UserWarning):
    """A file imports a library that is not there when it is graded."""


def warn_of_imports(sources: Mapping[str, Source], stem: str, allowed: Collection[str]) -> None:
    """Warn of the libraries that the file `stem`.py imports and will not have, though they may be installed here."""
    from grader.grading.notes import import_notes

    for source, note, line in import_notes(sources, allowed):
        if source is sources.get(stem):
            # Where warnings are errors, this one is none: no check fails by it.
            with suppress(StandInWarning):
                warnings.warn_explicit(StandInWarning(note), None, source.file, line)
