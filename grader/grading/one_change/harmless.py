"""Whether a student's file can be changed and run outside the sandbox: it touches nothing but numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from grader.student.loader import Source

# Modules without files, processes or a network.
MODULES = frozenset(
    [
        "__future__",
        "collections",
        "dataclasses",
        "functools",
        "itertools",
        "math",
        "numbers",
        "numpy",
        "operator",
        "typing",
    ]
)
FORBIDDEN_NAMES = frozenset(
    [
        "__builtins__",
        "__import__",
        "__loader__",
        "breakpoint",
        "compile",
        "delattr",
        "eval",
        "exec",
        "exit",
        "getattr",
        "globals",
        "help",
        "input",
        "locals",
        "memoryview",
        "open",
        "quit",
        "setattr",
        "vars",
    ]
)
# What numpy has besides arithmetic.
FORBIDDEN_ATTRIBUTES = frozenset(
    [
        "DataSource",
        "core",
        "ctypeslib",
        "distutils",
        "dump",
        "dumps",
        "f2py",
        "fromfile",
        "fromregex",
        "genfromtxt",
        "lib",
        "load",
        "loadtxt",
        "memmap",
        "open_memmap",
        "save",
        "savetxt",
        "savez",
        "savez_compressed",
        "show_config",
        "test",
        "testing",
        "tofile",
    ]
)


def is_harmless(files: Mapping[str, Source]) -> bool:
    """Whether none of a stage's files does, or could do after a change of one place, anything but compute."""
    sources = {id(source): source for source in files.values()}.values()
    return all(_pure(chunk, files) for source in sources for chunk in source.chunks)


def _pure(chunk: bytes, siblings: Iterable[str]) -> bool:
    try:
        tree = ast.parse(chunk)
    except (SyntaxError, ValueError):
        # What Python cannot read it cannot run either: a broken file beside it costs an exercise nothing.
        return True
    except (RecursionError, MemoryError):
        return False
    return all(_allowed(node, frozenset(siblings)) for node in ast.walk(tree))


def _allowed(node: ast.AST, siblings: frozenset[str]) -> bool:
    if isinstance(node, ast.Import):
        return all(_known(alias.name, siblings) for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return bool(node.level or _known(node.module or "", siblings)) and not names & FORBIDDEN_ATTRIBUTES
    if isinstance(node, ast.Name):
        return node.id not in FORBIDDEN_NAMES
    if isinstance(node, ast.Attribute):
        return node.attr not in FORBIDDEN_ATTRIBUTES and not node.attr.startswith("_")
    return not isinstance(node, ast.AsyncFunctionDef | ast.Await)


def _known(module: str, siblings: frozenset[str]) -> bool:
    head = module.split(".")[0]
    return head in MODULES or module.split(".")[-1] in siblings
