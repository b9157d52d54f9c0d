"""What most submissions import, loaded once for all of them before a child is locked in.

The rest of the standard library and of numpy is kept in memory (see `library`) and loaded by the child that wants it:
every module more makes every fork dearer.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

NUMPY = """
numpy numpy.dtypes numpy.exceptions numpy.fft numpy.lib numpy.lib.stride_tricks numpy.linalg numpy.random
"""
LIBRARY = """
__future__ abc bisect collections.abc contextlib copy dataclasses enum functools heapq itertools json math numbers
operator os.path random re statistics string time types typing warnings
"""
ENCODINGS = """
encodings.ascii encodings.cp1252 encodings.idna encodings.latin_1 encodings.raw_unicode_escape
encodings.unicode_escape encodings.utf_16 encodings.utf_16_le encodings.utf_32 encodings.utf_8_sig
"""


def preload() -> None:
    """Import everything of the lists that this Python has."""
    for name in f"{NUMPY} {LIBRARY} {ENCODINGS}".split():
        try:
            importlib.import_module(name)
        except ImportError:
            continue


def shut_the_library(keep: Sequence[str] = ()) -> None:
    """Let `import` look in `keep` only: neither in site-packages nor in this package's own folder."""
    sys.path[:] = keep
    sys.path_importer_cache.clear()
    for name, module in sys.modules.items():
        if name.partition(".")[0] == "grader" and hasattr(module, "__path__"):
            module.__path__ = []
