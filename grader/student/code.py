"""The text of a student's file or cell as code that Python can run, or the reason why it cannot."""

from __future__ import annotations

import ast
import linecache
import re
import sys
import types
import warnings
from pathlib import PurePath

from grader.student.faults import Frame, Unusable
from grader.student.magics import without_magics

MAX_TEXT = 2_000
_MAGIC = re.compile(r"^[ \t]*[%!]\w", re.MULTILINE)
# What later Pythons can read: the version, what it looks like, and how it is called.
_NEWER = (
    ((3, 12), r"^\s*type\s+\w+\s*(\[.*\])?\s*=", "`type X = …`"),
    ((3, 12), r"^\s*(async\s+)?(def|class)\s+\w+\[", "type parameters in brackets"),
    ((3, 13), r"^\s*(def|class|type)\s+\w+\[.*=.*\]", "defaults of type parameters"),
    ((3, 14), r"^\s*except\s+[\w.]+\s*,\s*[\w.]+[^()]*:", "`except A, B:` without parentheses"),
    ((3, 14), r"(?<![\w'\"])[rR]?[tT][rR]?['\"]", "a template string"),
    ((3, 15), r"^\s*lazy\s+(import|from)\b", "`lazy import`"),
)


def compiled(chunk: bytes, name: str, is_cell: bool) -> types.CodeType:
    """The code of one chunk, in which IPython's own lines count for nothing. Raises Unusable."""
    text = chunk.decode("utf-8", "replace")
    _remember(text, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = _without_magics(text, name) if is_cell else _exported(text.lstrip("\ufeff"), name)
            return compile(text, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise _unreadable(error, name) from error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        why = text_of(error) or type(error).__name__
        raise Unusable(f"{PurePath(name).name} cannot be read as Python: {why}") from error


def _without_magics(text: str, name: str) -> str:
    """A cell that is plain Python is left as it is: a line of it may well begin with `%`."""
    try:
        compile(text, name, "exec", dont_inherit=True)
    except SyntaxError:
        return without_magics(text)
    return without_magics(text) if text.lstrip().startswith("%%") else text


def _exported(text: str, name: str) -> str:
    """A file without IPython's lines, as Colab leaves them in, where it is Python but for them."""
    if _MAGIC.search(text) is None:
        return text
    try:
        compile(text, name, "exec", dont_inherit=True)
    except SyntaxError:
        try:
            compile(bare := without_magics(text), name, "exec", dont_inherit=True)
        except SyntaxError:
            return text
        return bare
    return text


def _unreadable(error: SyntaxError, name: str) -> Unusable:
    text = (error.text or "").rstrip()
    column = (error.offset or 0) - (len(text) - len(text.lstrip()))
    frame = Frame(name, error.lineno or 1, "", text.strip()[:200], max(0, column))
    said = f"{type(error).__name__}: {error.msg} (line {frame.line})"
    return Unusable(f"{said}{_newer(text, error.msg)}", frames=(frame,))


def _newer(line: str, said: str) -> str:
    """What a later Python could read here, if that is what it is."""
    for version, pattern, called in _NEWER:
        if sys.version_info < version and re.search(pattern, line):
            return _needs(version, called)
    if sys.version_info < (3, 12) and said.startswith("f-string"):
        return _needs((3, 12), "the same quotes, or a backslash, within the braces of an f-string")
    return ""


def _needs(version: tuple[int, int], called: str) -> str:
    return f"; Python reads {called} from {version[0]}.{version[1]} on, and this is Python {this_python()}"


def this_python() -> str:
    """The version that runs here, as in `3.11`."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def guarded_imports(chunk: bytes) -> frozenset[int]:
    """The lines of the imports that the student has a way without: in a `try` that goes on after an ImportError."""
    if b"try" not in chunk or b"import" not in chunk:
        return frozenset()
    try:
        tree = ast.parse(chunk.decode("utf-8", "replace"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try) and any(map(_goes_on, node.handlers))]
    inner = [part for node in tries for statement in node.body for part in ast.walk(statement)]
    return frozenset(part.lineno for part in inner if isinstance(part, ast.Import | ast.ImportFrom))


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """Whether this is what happens without the library, and not the end of the file."""
    kinds = {part.id for part in ast.walk(handler.type) if isinstance(part, ast.Name)} if handler.type else {""}
    if not kinds & {"", "ImportError", "ModuleNotFoundError", "Exception", "BaseException"}:
        return False
    parts = [part for statement in handler.body for part in ast.walk(statement)]
    ends = {"exit", "quit", "_exit"}
    called = {getattr(part.func, "attr", getattr(part.func, "id", "")) for part in parts if isinstance(part, ast.Call)}
    return not ends & called and not any(isinstance(part, ast.Raise) for part in parts)


def _remember(text: str, name: str) -> None:
    """Let tracebacks show lines of sources that are no files here."""
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)


def text_of(error: BaseException) -> str:
    """What an exception says, whatever its `__str__` does."""
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return "(its message cannot be shown)"
