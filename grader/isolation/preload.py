"""What most submissions import, loaded once for all of them before a child is locked in.

The rest of the standard library and of numpy is kept in memory (see `library`) and loaded by the child that wants it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

NUMPY = """
numpy numpy.char numpy.ctypeslib numpy.dtypes numpy.exceptions numpy.fft numpy.lib numpy.lib.array_utils
numpy.lib.format numpy.lib.mixins numpy.lib.scimath numpy.lib.stride_tricks numpy.linalg numpy.ma
numpy.ma.extras numpy.polynomial numpy.polynomial.polynomial numpy.random numpy.rec numpy.strings
numpy.testing numpy.typing
"""
LIBRARY = """
__future__ _strptime abc argparse array ast atexit base64 binascii bisect bz2 calendar cmath codecs collections.abc
colorsys concurrent.futures configparser contextlib contextvars copy copyreg csv ctypes dataclasses
datetime decimal difflib dis doctest enum errno faulthandler fnmatch fractions functools gc getpass glob
graphlib gzip hashlib heapq hmac html importlib.abc importlib.machinery importlib.metadata importlib.util
inspect io itertools json keyword linecache locale logging lzma marshal math mmap multiprocessing numbers
opcode operator os os.path pathlib pdb pickle pickletools pkgutil platform pprint profile cProfile pstats
queue random re reprlib resource sched secrets select selectors shlex shutil signal socket statistics
string struct subprocess sys sysconfig tempfile textwrap threading time timeit token tokenize trace
traceback tracemalloc types typing unicodedata unittest urllib.error urllib.parse uuid warnings weakref
xml.etree.ElementTree zipfile zlib zoneinfo
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
