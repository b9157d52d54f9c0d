"""The last look before a release goes out: is anything of a solution or a wrong answer in it?"""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

# A body of fewer statements may be anybody's: `return x @ weight` stands in many files for good reasons.
FEWEST_LINES = 2


def leaks(files: Mapping[str, bytes], solutions: Path) -> list[str]:
    """A sentence for every function of `solutions` whose code is found in one of the files or in a wheel.

    Compared is the code of a function's body without its docstring, comments and spacing.
    """
    known = {code: name for name, code in _bodies(solutions)}
    found = []
    for path, text in _texts(files):
        codes = set(_codes(text))
        found += [f"{path} holds {known[code]}" for code in sorted(codes & known.keys())]
    return found


def _texts(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every Python file and page by its path, those inside wheels included."""
    for path, content in files.items():
        if path.endswith((".whl", ".zip")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                inner = {f"{path}/{name}": archive.read(name) for name in archive.namelist()}
            yield from _texts(inner)
        elif path.endswith(".py"):
            yield path, content.decode("utf-8", "replace")


def _bodies(solutions: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(solutions.rglob("*.py")):
        for code, name in _codes(path.read_text(encoding="utf-8")).items():
            yield f"{name} of {path.relative_to(solutions)}", code


def _codes(source: str) -> dict[str, str]:
    """The code of every function body that is long enough to be somebody's, with the function's name."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return {}
    codes = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            code = "\n".join(ast.unparse(statement) for statement in body)
            if len(code.splitlines()) >= FEWEST_LINES:
                codes[code] = node.name
    return codes
