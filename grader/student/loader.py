"""A student's sources as functions that can be called.

Used on both sides of the wall: in process for a student's own run, and inside the locked-in child for
everybody else's. It needs nothing but the standard library and numpy, and knows no check and no answer.
"""

from __future__ import annotations

import importlib.machinery
import linecache
import re
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.abc import Loader, MetaPathFinder
from pathlib import PurePath
from typing import Any

import numpy as np

from grader.student.cells import Cell
from grader.student.faults import Frame, NotFilledIn, OutOfTime, Raised, StudentFault, TimedOut, Unusable
from grader.student.plain import plain

MAX_FRAMES = 20
MAX_TEXT = 2_000
# Asked for like a function, and no name that one can have: what came of each cell of a notebook.
CELLS = "its cells"
# A file of one of these names would hide the real module from the student's other files and from numpy.
RESERVED = frozenset(sys.stdlib_module_names) | {"numpy", "pytest", "grader"}


@dataclass(frozen=True)
class Source:
    """One file of a submission, or one notebook: `chunks` run one after another in one namespace.

    A file is a single chunk. A notebook has a chunk per code cell, and a cell that fails does not sink
    the others (`forgiving`). `problem` says why there is nothing to run (a link, too large, unreadable).
    """

    file: str
    chunks: tuple[bytes, ...] = ()
    forgiving: bool = False
    problem: str = ""


class StageModules:
    """The files of one stage of one submission: loaded when first asked for, importable by plain name.

    `sources` maps a file's stem to its source. A notebook stands under every stem of its stage.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = {stem: source for stem, source in sources.items() if stem not in RESERVED}
        self._names = {name for source in sources.values() for name in _chunk_names(source)}
        self._loaded: dict[str, types.ModuleType | StudentFault] = {}
        self._modules: dict[str, types.ModuleType] = {}
        self._cell_faults: dict[str, list[StudentFault]] = {}
        self._cells: dict[str, list[Cell]] = {}
        self._finder = _Finder(self)

    def call(self, stem: str, name: str, args: Sequence[Any]) -> Any:
        """What the student's function `name` of file `stem` returns for `args`, as plain data.

        Raises a StudentFault for whatever goes wrong in the student's code.
        """
        with self.active():
            if name == CELLS:
                return self._report(stem)
            function = self._function(stem, name)
            try:
                return plain(function(*args))
            except (KeyboardInterrupt, StudentFault):
                raise
            except BaseException as error:
                raise self.fault(error) from error

    def _report(self, stem: str) -> Any:
        """What each cell of the notebook printed and raised: [text, fault as JSON or None] by cell."""
        self._module(stem)
        cells = self._cells.get(self.sources[stem].file, [])
        return plain([[cell.printed.getvalue(), cell.fault and cell.fault.to_json()] for cell in cells])

    def _function(self, stem: str, name: str) -> Callable[..., Any]:
        module = self._module(stem)
        found = getattr(module, name, None)
        if callable(found):
            return found  # type: ignore[no-any-return]
        file = PurePath(self.sources[stem].file).name
        if found is not None:
            raise Unusable(f"`{name}` in {file} is no function but {type(found).__name__}")
        raise Unusable(f"{file} defines no function `{name}`{self._hint(stem, name, module)}")

    def _hint(self, stem: str, name: str, module: types.ModuleType) -> str:
        for fault in self._cell_faults.get(self.sources[stem].file, []):
            return f" (a cell failed: {fault})"
        close = get_close_matches(name, [key for key, value in vars(module).items() if callable(value)], 1)
        return f"; did you mean `{name}` where you wrote `{close[0]}`?" if close else ""

    def _module(self, stem: str) -> types.ModuleType:
        if stem not in self.sources:
            raise Unusable(f"{stem}.py is missing")
        loaded = self._loaded.get(stem) or self._load(stem)
        # What ran out of time may have more of it the next time.
        if not isinstance(loaded, TimedOut):
            self._loaded[stem] = loaded
        if isinstance(loaded, StudentFault):
            raise loaded
        return loaded

    def _load(self, stem: str) -> types.ModuleType | StudentFault:
        try:
            __import__(stem)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return error if isinstance(error, StudentFault) else self.fault(error)
        return sys.modules[stem]

    def execute(self, module: types.ModuleType, source: Source) -> None:
        """Run the chunks of `source` in `module`'s namespace."""
        if source.problem:
            raise Unusable(source.problem)
        module.__file__ = source.file
        # The stems of a notebook are one module, so its cells may import each other's functions by file name.
        sys.modules.update({stem: module for stem, other in self.sources.items() if other is source})
        cells = self._cells[source.file] = [Cell() for _ in source.chunks]
        for cell, name, chunk in zip(cells, _chunk_names(source), source.chunks, strict=True):
            try:
                with _no_warnings(), cell.printing(source.forgiving):
                    exec(_compiled(chunk, name), vars(module))
            except BaseException as error:
                # Somebody at the keyboard can stop their own file; a notebook is never run that way.
                if isinstance(error, KeyboardInterrupt) and not source.forgiving:
                    raise
                fault = error if isinstance(error, StudentFault) else self.fault(error)
                if not source.forgiving:
                    raise fault from error
                self._cell_faults.setdefault(source.file, []).append(fault)
                cell.fault = fault

    def fault(self, error: BaseException) -> StudentFault:
        """`error` as a fault that holds the student's own frames and no others."""
        frames = self._frames(error)
        if isinstance(error, OutOfTime):
            return TimedOut("your code did not come to an end", frames=frames)
        if isinstance(error, NotImplementedError):
            return NotFilledIn(_text(error), frames=frames)
        name = type.__getattribute__(type(error), "__name__")
        return Raised(_text(error), frames=frames, type_name=str(name)[:100])

    def _frames(self, error: BaseException) -> tuple[Frame, ...]:
        frames = []
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            name = self.shown_name(code.co_filename)
            if name is not None:
                line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
                frames.append(Frame(name, trace.tb_lineno, code.co_name, line[:200]))
            trace = trace.tb_next
        return tuple(frames[-MAX_FRAMES:])

    def shown_name(self, file: str) -> str | None:
        """What feedback calls a file of code; None where it is not the student's."""
        return file if file in self._names else None

    def locate(self, stem: str, name: str) -> Frame | None:
        """The line that defines the function `name`, found without running anything."""
        source = self.sources.get(stem)
        return locate(source, name) if source else None

    @contextmanager
    def active(self) -> Iterator[None]:
        """While this lasts, `import heads` finds the stage's files, and warnings change nothing."""
        hidden = {name: sys.modules.pop(name) for name in self.sources if name in sys.modules}
        sys.modules.update(self._modules)
        sys.meta_path.insert(0, self._finder)
        try:
            with _no_warnings():
                yield
        finally:
            sys.meta_path.remove(self._finder)
            self._modules.update({n: sys.modules.pop(n) for n in self.sources if n in sys.modules})
            sys.modules.update(hidden)


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Neither a warning nor what the code asks to become of warnings changes anything in here, or after it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


class _Finder(MetaPathFinder, Loader):
    """Finds a stage's files for the import statement."""

    def __init__(self, modules: StageModules) -> None:
        self.modules = modules

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> Any:
        if fullname not in self.modules.sources:
            return None
        origin = self.modules.sources[fullname].file
        return importlib.machinery.ModuleSpec(fullname, self, origin=origin)

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        self.modules.execute(module, self.modules.sources[module.__name__])


def locate(source: Source, name: str) -> Frame | None:
    """Where `source` defines `name` at its top level; the text is searched, never parsed or run."""
    pattern = re.compile(rb"^(?:(?:async +)?def|class) +%b\b|^%b *(?::.*)?=" % ((name.encode(),) * 2), re.MULTILINE)
    for file, chunk in zip(_chunk_names(source), source.chunks, strict=False):
        found = list(pattern.finditer(chunk))
        if found:
            return Frame(file, chunk.count(b"\n", 0, found[-1].start()) + 1, name)
    return None


def _chunk_names(source: Source) -> list[str]:
    if not source.forgiving:
        return [source.file]
    return [f"{source.file}[{number}]" for number in range(1, len(source.chunks) + 1)]


def _compiled(chunk: bytes, name: str) -> types.CodeType:
    """The code of one chunk. Raises Unusable where Python cannot read it."""
    _remember(chunk, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(chunk, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        text = (error.text or "").rstrip()
        column = (error.offset or 0) - (len(text) - len(text.lstrip()))
        frame = Frame(name, error.lineno or 1, "", text.strip()[:200], max(0, column))
        raise Unusable(f"{type(error).__name__}: {error.msg} (line {frame.line})", frames=(frame,)) from error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        why = _text(error) or type(error).__name__
        raise Unusable(f"{PurePath(name).name} cannot be read as Python: {why}") from error


def _remember(chunk: bytes, name: str) -> None:
    """Let tracebacks show lines of sources that are no files here."""
    lines = chunk.decode("utf-8", "replace").splitlines(keepends=True)
    linecache.cache[name] = (len(chunk), None, lines, name)


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return "(its message cannot be shown)"
