"""A student's sources as functions that can be called.

Used on both sides of the wall: in process for a student's own run, and inside the locked-in child for
everybody else's. It needs nothing but the standard library and numpy, and knows no check and no answer.
"""

from __future__ import annotations

import importlib.machinery
import sys
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from difflib import get_close_matches
from importlib.abc import Loader, MetaPathFinder
from pathlib import PurePath
from typing import Any

from grader.student.cells import Cell, is_notebook, notebook_names
from grader.student.code import compiled, guarded_imports
from grader.student.faults import Frame, StudentFault, TimedOut, Unusable
from grader.student.imports import Imports
from grader.student.manners import quiet, well_mannered
from grader.student.own_names import RESERVED
from grader.student.plain import plain
from grader.student.source import Source as Source
from grader.student.source import locate as locate
from grader.student.standins import loading
from grader.student.tracing import fault_of

# Asked for like a function, and no name that one can have: what came of each cell of a notebook.
CELLS = "its cells"


class StageModules:
    """The files of one stage of one submission: loaded when first asked for, importable by plain name.

    `sources` maps a file's stem to its source. A notebook stands under every stem of its stage. `allowed` names the
    libraries that may be imported beside numpy and the standard library.
    """

    def __init__(self, sources: Mapping[str, Source], allowed: Collection[str] = ()) -> None:
        self.sources = {stem: source for stem, source in sources.items() if stem not in RESERVED}
        self.allowed = allowed
        self._names = {name for source in sources.values() for name in source.chunk_names}
        self._loaded: dict[str, types.ModuleType | StudentFault] = {}
        self._modules: dict[str, types.ModuleType] = {}
        self._cells: dict[str, list[Cell]] = {}
        self._finder = _Finder(self)
        # While the stage is active: what each call is made within.
        self._each: AbstractContextManager[object] | None = None
        self._imports = Imports(self._imported, sources, allowed)

    def call(self, stem: str, name: str, args: Sequence[Any], taken: Callable[[Any], Any] = plain) -> Any:
        """What the student's function `name` of file `stem` returns for `args`, as `taken` makes of it: plain data.

        Raises a StudentFault for whatever goes wrong in the student's code.
        """
        with self._each or self.active():
            if name == CELLS:
                return self._report(stem)
            function = self._function(stem, name)
            try:
                return taken(function(*args))
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
            raise Unusable(f"`{name}` in {file} is not a function; its type is {type(found).__name__}")
        raise Unusable(f"{file} defines no function `{name}`{self._hint(stem, name, module)}")

    def _hint(self, stem: str, name: str, module: types.ModuleType) -> str:
        failed = self._failed(self.sources[stem].file, name)
        if failed:
            return f" ({failed})"
        holder = next((key for key, v in vars(module).items() if isinstance(v, type) and hasattr(v, name)), None)
        if holder is not None:
            return f"; `{name}` is a method of {holder}: a function stands outside of any class"
        other = next((o.file for o in self.sources.values() if o is not self.sources[stem] and locate(o, name)), None)
        if other is not None:
            return f"; {PurePath(other).name} does: it belongs into {stem}.py"
        close = get_close_matches(name, [key for key, value in vars(module).items() if callable(value)], 1)
        return f"; did you mean `{name}` where you wrote `{close[0]}`?" if close else ""

    def _failed(self, file: str, name: str) -> str:
        """The cell that failed, and that `name` may have come from: by its number, its first line and its fault."""
        failed = [cell for cell in self._cells.get(file, []) if cell.fault is not None]
        speaking = [cell for cell in failed if cell.speaks_of(name)]
        return str(next(iter(speaking or failed), ""))

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
            return self._imported(stem)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return error if isinstance(error, StudentFault) else self.fault(error)

    def _imported(self, stem: str) -> types.ModuleType:
        __import__(stem)
        return sys.modules[stem]

    def execute(self, module: types.ModuleType, source: Source) -> None:
        """Run the chunks of `source` in `module`'s namespace."""
        if source.problem:
            raise Unusable(source.problem)
        module.__file__ = source.file
        vars(module)["__builtins__"] = self._imports.builtins(notebook_names() if is_notebook(source) else {})
        # The stems of a notebook are one module, so its cells may import each other's functions by file name.
        sys.modules.update({stem: module for stem, other in self.sources.items() if other is source})
        cells = self._cells[source.file] = [Cell(number, chunk) for number, chunk in enumerate(source.chunks, start=1)]
        for cell, name in zip(cells, source.chunk_names, strict=True):
            try:
                self._imports.guarded.update((name, line) for line in guarded_imports(cell.chunk))
                with quiet(), loading(), cell.printing(source.forgiving):
                    exec(compiled(cell.chunk, name, source.forgiving), vars(module))
            except BaseException as error:
                # Somebody at the keyboard can stop their own file; a notebook is never run that way.
                if isinstance(error, KeyboardInterrupt) and not source.forgiving:
                    raise
                cell.fault = error if isinstance(error, StudentFault) else self.fault(error)
                if not source.forgiving:
                    self._forget(source)
                    raise cell.fault from error

    def _forget(self, source: Source) -> None:
        """Let no other stem that the source serves find half a module."""
        for stem in (stem for stem, other in self.sources.items() if other is source):
            sys.modules.pop(stem, None)

    def fault(self, error: BaseException) -> StudentFault:
        """`error` as a fault that holds the student's own frames and no others."""
        return fault_of(error, self.shown_name, self._about, self.allowed)

    def _about(self, file: str, name: str) -> str:
        """What may be said of a `name` that `file` does not know."""
        notebook = file.rpartition("[")[0]
        starred = ", ".join(f"`from {library} import *`" for library in sorted(self._imports.starred))
        return self._failed(notebook, name) or (starred and f"{starred} gives nothing when your work is graded")

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
            with well_mannered() as self._each:
                yield
        finally:
            self._each = None
            sys.meta_path.remove(self._finder)
            self._modules.update({n: sys.modules.pop(n) for n in self.sources if n in sys.modules})
            sys.modules.update(hidden)


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
