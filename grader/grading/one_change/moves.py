"""Changes of what goes where: a step left out, an operand in another place, an argument that was never used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from grader.grading.one_change.text import Change, Text

Changes = Iterator[Change]
SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
# Of one statement, so many inner steps are tried as its value, and so many places for an operand.
MOST_STEPS, MOST_PLACES = 12, 10
# What is an array by its form: a name is, if it stands for a value.
_STEPS = (ast.BinOp, ast.Call, ast.Subscript, ast.UnaryOp)


def changes(text: Text, root: ast.AST, names: tuple[str, ...]) -> Changes:
    """Every change of this sort below `root`; `names` are those that stand for values there."""
    for node in ast.walk(root):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Return) and node.value is not None:
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for value in values:
                yield from _step_left_out(text, value, names)
                yield from _operand_elsewhere(text, value, names)
                if isinstance(node, ast.Return) and not isinstance(value, ast.Name):
                    yield from (text.replaced(value, name, "name", 4) for name in names)
                    inner = text.of(value)
                    yield from (text.replaced(value, f"({inner}) / len({name})", "arithmetic", 5) for name in names)
        if isinstance(node, ast.FunctionDef):
            yield from _arguments(text, node)
            yield from _unused(text, node, names)


def _places(node: ast.expr, names: tuple[str, ...]) -> list[ast.expr]:
    """The expressions within one that may be arrays, the largest first; not the functions that are called."""
    called = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    found = [
        part
        for part in ast.walk(node)
        if isinstance(part, _STEPS) or (isinstance(part, ast.Name) and part.id in names and id(part) not in called)
    ]
    return [part for part in found if part.lineno == part.end_lineno and isinstance(part, ast.expr)]


def _step_left_out(text: Text, value: ast.expr, names: tuple[str, ...]) -> Changes:
    """A value without its last steps: one of the expressions within it."""
    inner = [part for part in _places(value, names) if part is not value]
    for part in inner[:MOST_STEPS]:
        yield text.replaced(value, f"({text.of(part)})", "call", 5)


def _operand_elsewhere(text: Text, value: ast.expr, names: tuple[str, ...]) -> Changes:
    """`f(x) + b` for `f(x + b)` and the like: an operand taken from its place and put to another expression."""
    places = _places(value, names)
    for node in ast.walk(value):
        sign = SIGNS.get(type(node.op)) if isinstance(node, ast.BinOp) else None
        if sign is None or not isinstance(node, ast.BinOp) or node.lineno != node.end_lineno:
            continue
        start, gap = text.between(node.left, node.right)
        at = gap.find(sign)
        if at < 0 or not isinstance(node.right, ast.Name | ast.Constant):
            continue
        gone = (start + at, text.end(node))
        operand = text.of(node.right)
        for place in places[:MOST_PLACES]:
            if place is not node and place is not node.right:
                yield from _moved(text, place, gone, f" {sign} {operand}")


def _moved(text: Text, place: ast.expr, gone: tuple[int, int], operand: str) -> Changes:
    begin, end = text.start(place), text.end(place)
    if gone[0] <= begin < gone[1]:
        return
    edits = sorted([(begin, begin, b"(("), (end, end, f"){operand})".encode()), (*gone, b"")])
    first, last = min(begin, gone[0]), max(end, gone[1])
    new, at = b"", first
    for start, stop, inserted in edits:
        new += text.text[at:start] + inserted
        at = max(at, stop)
    yield Change(first, last, new + text.text[at:last], place.lineno, "arithmetic", 5)


def _arguments(text: Text, node: ast.FunctionDef) -> Changes:
    """Two arguments of a function in the other order, one of them after the other."""
    given = node.args.args[: len(node.args.args) - len(node.args.defaults)]
    for one, other in pairwise(given):
        if one.lineno == other.end_lineno:
            between = text.between(one, other)[1]
            new = text.of(other) + between + text.of(one)
            yield Change(text.start(one), text.end(other), new.encode(), one.lineno, "order", 3)


def _unused(text: Text, node: ast.FunctionDef, names: tuple[str, ...]) -> Changes:
    """Arguments that the function never looks at, put to what it computes."""
    used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    unused = [argument.arg for argument in node.args.args if argument.arg not in used]
    if not 1 <= len(unused) <= 2:
        return
    for part in (part for statement in node.body for part in ast.walk(statement)):
        if isinstance(part, ast.Attribute) and text.of(part) in ("np.random", "numpy.random"):
            yield from (text.replaced(part, name, "name", 1) for name in unused)
        if isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "randn":
            size = ", ".join(text.of(argument) for argument in part.args)
            yield from (text.replaced(part, f"{name}.standard_normal(({size},))", "name", 1) for name in unused)
        if isinstance(part, ast.Constant) and isinstance(part.value, int | float):
            yield from (text.replaced(part, name, "name", 2) for name in unused)
        if isinstance(part, _STEPS) or (isinstance(part, ast.Name) and part.id in names):
            inner = text.of(part)
            for name in unused:
                yield text.replaced(part, name, "name", 3)
                for sign in ("*", "+", "@", "-", "/"):
                    yield text.replaced(part, f"(({inner}) {sign} {name})", "name", 3)
            if len(unused) == 2:
                yield text.replaced(part, f"(({inner}) * {unused[0]} + {unused[1]})", "name", 3)
