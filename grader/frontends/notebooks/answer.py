"""A solution as the cell of a notebook: the stub's signature around the solution's body, which nbgrader cuts out."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_INDENT = "    "


def solution_source(path: Path, name: str, stub: ast.FunctionDef) -> str:
    """The function `name` of the solution `path` under the stub's signature.

    What else of the solution's file the function needs goes into its body: nothing of it may be left over
    when nbgrader has put its own `raise NotImplementedError` in the place of the solution.
    """
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    lines = text.splitlines()
    needed = [_lines(lines, node) for node in _needed(tree, function)]
    own = textwrap.dedent("\n".join(lines[_first(body, lines, function) : function.end_lineno]))
    solution = textwrap.indent("\n\n".join([*needed, own]), _INDENT)
    head = ast.unparse(ast.FunctionDef(**{**vars(stub), "body": [ast.Pass()]})).removesuffix("\n    pass")
    first = (ast.get_docstring(stub) or "").partition("\n")[0]
    doc = f'{_INDENT}"""{first}"""\n' if first else ""
    return f"{_wrapped(head)}\n{doc}{_INDENT}{BEGIN}\n{solution}\n{_INDENT}{END}"


def _first(body: list[ast.stmt], lines: list[str], function: ast.FunctionDef) -> int:
    """The index of the body's first line, comments above the first statement included."""
    first = body[0].lineno - 1
    while first - 1 >= function.lineno and lines[first - 1].strip().startswith("#"):
        first -= 1
    return first


def _lines(lines: list[str], node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(item.lineno for item in decorators)])
    return "\n".join(lines[first - 1 : node.end_lineno])


def _needed(tree: ast.Module, function: ast.FunctionDef) -> Iterator[ast.stmt]:
    """The statements of the file that the function's body needs, in order; numpy and the stubs' own are there."""
    wanted = _names(*function.body)
    found: list[ast.stmt] = []
    for node in reversed(tree.body[: tree.body.index(function)] + tree.body[tree.body.index(function) + 1 :]):
        if _defines(node) & wanted and not _is_numpy(node) and not _is_exercise(node):
            found.append(node)
            wanted |= _names(node)
    yield from reversed(found)


def _names(*nodes: ast.stmt) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def _defines(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    return set()


def _is_numpy(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import) and node.names[0].asname == "np"


def _is_exercise(node: ast.stmt) -> bool:
    """Whether this is a function of the students' own, which has a cell to itself."""
    return isinstance(node, ast.FunctionDef) and not node.name.startswith("_")


def _wrapped(head: str, width: int = 100) -> str:
    """The `def` line, one parameter a line where it is long."""
    if len(head) <= width:
        return head
    tree = ast.parse(f"{head}\n    pass").body[0]
    assert isinstance(tree, ast.FunctionDef)
    opening = head.index("(") + 1
    closing = head.rindex(")", 0, head.rindex(" -> ") if " -> " in head else None)
    inner = head[opening:closing]
    starts = [arg.col_offset - opening for arg in tree.args.args]
    ends = [*starts[1:], len(inner)]
    lines = [f"{_INDENT}{inner[a:b].strip().rstrip(',')}," for a, b in zip(starts, ends, strict=True)]
    return "\n".join([head[:opening], *lines, head[closing:]])
