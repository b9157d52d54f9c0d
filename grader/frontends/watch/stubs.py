"""The stub of an exercise again: one function of the student's file, and all else in it as it was."""

from __future__ import annotations

import ast
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from grader.course.catalogue import Exercise
from grader.course.pages import exercises_home
from grader.results.atomic import write_whole

_VERSIONS_LOOKED_AT = 200


class NoStub(Exception):
    """There is no stub to put back."""


def reset(exercise: Exercise, path: Path) -> Path | None:
    """Put the stub of `exercise` into `path`. Where its former content is kept; None where there was no file.

    Raises NoStub where neither the installation nor git has the stub, and OSError.
    """
    stub = _stub_file(exercise, path)
    before = path.read_bytes() if path.exists() else None
    kept = _keep(path, before) if before is not None else None
    mode = path.stat().st_mode if before is not None else 0o644
    write_whole(path, _with_stub(before, stub, exercise.name))
    path.chmod(mode & 0o777)
    return kept


def docstring_of(exercise: Exercise, path: Path) -> str:
    """The task: the docstring of the student's function, or of the stub where theirs has none."""
    for text in (_text(path), _text(exercises_home() / f"stage{exercise.stage}" / path.name)):
        node = _function(text, exercise.name)
        if node is not None and (found := ast.get_docstring(node)):
            return found
    return ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _stub_file(exercise: Exercise, path: Path) -> str:
    """The file with the stub: that of the installation, or the newest of git's in which it is not filled in."""
    for text in _candidates(exercise, path):
        node = _function(text, exercise.name)
        if node is not None and _is_stub(node):
            return text
    raise NoStub(f"there is no stub of {exercise.name} in this installation or in git's history of {path.name}")


def _candidates(exercise: Exercise, path: Path) -> Iterator[str]:
    yield _text(exercises_home() / f"stage{exercise.stage}" / f"{exercise.stem}.py")
    for commit in _git(path, "log", "--format=%H", f"-{_VERSIONS_LOOKED_AT}", "--", path.name).split():
        yield _git(path, "show", f"{commit}:./{path.name}")


def _git(path: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    try:
        done = subprocess.run(command, cwd=path.parent, capture_output=True, encoding="utf-8", timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _function(text: str, name: str) -> ast.FunctionDef | None:
    """The last function of this name at the top level, as Python would use it."""
    try:
        nodes = ast.parse(text).body
    except (SyntaxError, ValueError):
        return None
    return next((n for n in reversed(nodes) if isinstance(n, ast.FunctionDef) and n.name == name), None)


def _is_stub(node: ast.FunctionDef) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Raise) and "NotImplementedError" in ast.unparse(last) and len(node.body) <= 2


def _with_stub(before: bytes | None, stub: str, name: str) -> str:
    """The student's file with the stub in the function's place; the stub's file where the function is not found."""
    try:
        text = (before or b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        return stub
    old, new = _function(text, name), _function(stub, name)
    if old is None or new is None:
        return stub
    # As Python counts lines: str.splitlines would also split at form feeds.
    lines = io.StringIO(text, newline="").readlines()
    first = min([old.lineno, *(decorator.lineno for decorator in old.decorator_list)])
    body = "".join(stub.splitlines(keepends=True)[new.lineno - 1 : new.end_lineno]).rstrip("\n") + "\n"
    return "".join(lines[: first - 1]) + body + "".join(lines[old.end_lineno :])


def _keep(path: Path, content: bytes) -> Path:
    """Write it beside the file, under the first name that is free; nothing collects a file that ends so."""
    number = 1
    while True:
        kept = path.with_name(f"{path.name}.kept-{number}")
        try:
            with kept.open("xb") as stream:
                stream.write(content)
        except FileExistsError:
            number += 1
        else:
            return kept
