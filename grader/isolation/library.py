"""The standard library and numpy in memory: what a locked-in child, which opens no file, may still import.

Everything that is Python is kept as its bytes, a tenth of what it would take when imported; what is machine code
has to be loaded before the lock. The bytes are a file in memory that nobody can write to any more: a fork has nothing
to copy of it.
"""

from __future__ import annotations

import fcntl
import importlib
import importlib.machinery
import importlib.util
import io
import marshal
import mmap
import os
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import IO, Any

# Folders that no exercise needs: tests, tools, and what belongs to others.
_NO_MODULES = "test tests idlelib lib2to3 ensurepip turtledemo site-packages dist-packages __pycache__ lib-dynload"
_LEFT_OUT = frozenset(_NO_MODULES.split())
# Machine code that no program imports by name.
_PRIVATE = ("_test", "_xx", "xx", "_ctypes_test")
# How a file of code begins before the code itself.
_HEADER = 16
_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


class MemoryLibrary(MetaPathFinder, Loader):
    """Finds modules among the files of some folders, each with the package that it is."""

    def __init__(self, *folders: tuple[Path, str]) -> None:
        # By name: where it comes from, where it lies in the file in memory, and whether that is code.
        self._files: dict[str, tuple[Path, slice, bool]] = {}
        try:
            self._bytes: mmap.mmap | bytes = self._sealed(folders)
        except OSError:
            # No such files here, or none so large (`ulimit -f`): each fork has its own to look after.
            stream = io.BytesIO()
            self._add(folders, stream)
            self._bytes = stream.getvalue()

    def _sealed(self, folders: Sequence[tuple[Path, str]]) -> mmap.mmap:
        file = os.memfd_create("library", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            with open(file, "wb", closefd=False) as stream:
                self._add(folders, stream)
                size = stream.tell()
            # Whoever has the memory, or its descriptor, can only read it from here on.
            fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALS)
            return mmap.mmap(file, size, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ)
        finally:
            os.close(file)

    def _add(self, folders: Sequence[tuple[Path, str]], stream: IO[bytes]) -> None:
        for path, name in (found for folder, package in folders for found in _modules(folder, package)):
            code = Path(importlib.util.cache_from_source(str(path)))
            found = code if code.is_file() else path
            start = stream.tell()
            stream.write(found.read_bytes())
            self._files[name] = (path, slice(start, stream.tell()), found is code)

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> Any:
        """See importlib."""
        if fullname not in self._files:
            return None
        origin = self._files[fullname][0]
        is_package = origin.name == "__init__.py"
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=str(origin), is_package=is_package)
        spec.has_location = True
        return spec

    def create_module(self, spec: object) -> None:
        """The usual module."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """See importlib."""
        exec(self._code(module.__name__), vars(module))

    def _code(self, name: str) -> CodeType:
        path, place, is_code = self._files[name]
        content = self._bytes[place]
        if not is_code:
            return compile(content, str(path), "exec", dont_inherit=True)
        code: CodeType = marshal.loads(content[_HEADER:])
        return code


def _modules(folder: Path, package: str) -> Iterator[tuple[Path, str]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = entry.name.removesuffix(".py")
        full = f"{package}.{name}" if package else name
        if entry.is_dir() and name.isidentifier() and name not in _LEFT_OUT:
            yield from _modules(Path(entry), full)
        elif entry.name == "__init__.py" and package:
            yield Path(entry), package
        elif entry.name.endswith(".py") and name.isidentifier():
            yield Path(entry), full


def standard_library() -> Path:
    """Where the standard library lies."""
    return Path(sysconfig.get_paths()["stdlib"])


def machine_code(numpy: Path) -> Iterator[str]:
    """The modules of the standard library and of numpy that are machine code."""
    dynamic = standard_library() / "lib-dynload"
    for path in sorted(dynamic.glob("*.so")) if dynamic.is_dir() else ():
        name = path.name.partition(".")[0]
        if not name.startswith(_PRIVATE):
            yield name
    for path in sorted(numpy.rglob("*.so")):
        parts = path.relative_to(numpy.parent).with_name(path.name.partition(".")[0]).parts
        if not parts[-1].endswith("_tests") and "tests" not in parts:
            yield ".".join(parts)


def keep_library() -> None:
    """Load what is machine code, and let everything else be found in memory from here on."""
    numpy = Path(sys.modules["numpy"].__file__ or "").parent
    for name in machine_code(numpy):
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    sys.meta_path.insert(0, MemoryLibrary((standard_library(), ""), (numpy, "numpy")))
