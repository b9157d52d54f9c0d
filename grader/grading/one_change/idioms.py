"""Changes that put what numpy code of this kind needs around a value: a shift, a scale, a floor, a mean."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.grading.one_change.text import Change, Text

Changes = Iterator[Change]
# Around what a statement computes.
AROUND_VALUES = (
    "np.exp({0})",
    "np.log({0})",
    "np.tanh({0})",
    "np.mean({0})",
    "np.sum({0})",
    "({0}) / ({0}).sum(axis=-1, keepdims=True)",
    "np.swapaxes({0}, 1, 2)",
    "np.stack({0}, axis=1)",
    "np.sort({0})",
)
# Around any of its parts: the first of these.
AROUND_PARTS = AROUND_VALUES[:3] + AROUND_VALUES[5:6]


def changes(text: Text, root: ast.AST) -> Changes:
    """Every change of this sort below `root`."""
    for node in ast.walk(root):
        if isinstance(node, ast.Assign | ast.Return) and node.value is not None:
            for value in node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]:
                if not isinstance(value, ast.Constant):
                    yield from _around(text, value, AROUND_VALUES, 5)
        if isinstance(node, ast.For):
            yield from (
                text.replaced(node.iter, f"{f}({text.of(node.iter)})", "order", 3) for f in ("sorted", "reversed")
            )
        if isinstance(node, ast.Attribute) and node.attr == "inf":
            yield text.replaced(node, "1e9", "number", 2)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
            yield from _entries(text, node.slice)
        if isinstance(node, ast.BinOp | ast.Call) and node.lineno == node.end_lineno:
            yield from _around(text, node, AROUND_PARTS, 6)
        if isinstance(node, ast.Call) and len(node.args) == 1:
            yield from _call(text, node)
        if isinstance(node, ast.BinOp):
            yield from _operator(text, node)


def _around(text: Text, node: ast.expr, wrappers: tuple[str, ...], rank: int) -> Changes:
    inner = text.of(node)
    yield from (text.replaced(node, f"({wrapper.format(inner)})", "call", rank) for wrapper in wrappers)


def _call(text: Text, node: ast.Call) -> Changes:
    """A shift before exp, also where something was clipped in its place, and a floor under log."""
    name, argument = getattr(node.func, "attr", ""), node.args[0]
    if name == "exp":
        inner = argument.args[:1] if isinstance(argument, ast.Call) else []
        for part in (argument, *inner):
            shifted = f"({text.of(part)})"
            yield text.replaced(argument, f"{shifted} - {shifted}.max(axis=-1, keepdims=True)", "call", 3)
    if name == "log":
        yield text.replaced(argument, f"({text.of(argument)}) + 1e-12", "call", 3)


def _operator(text: Text, node: ast.BinOp) -> Changes:
    """A floor under a divisor, and the scale of a product of queries and keys."""
    if isinstance(node.op, ast.Div) and not isinstance(node.right, ast.Constant):
        yield text.replaced(node.right, f"np.maximum({text.of(node.right)}, 1e-8)", "call", 4)
    if isinstance(node.op, ast.MatMult):
        left = text.of(node.left)
        yield text.replaced(node, f"({text.of(node)} / np.sqrt(({left}).shape[-1]))", "arithmetic", 4)


def _entries(text: Text, index: ast.Tuple) -> Changes:
    """`a[:, columns]` is a block of columns; one entry of each row is `a[np.arange(len(columns)), columns]`."""
    for part in index.elts:
        if isinstance(part, ast.Slice) and not (part.lower or part.upper or part.step):
            names = [other for other in index.elts if isinstance(other, ast.Name)]
            yield from (text.replaced(part, f"np.arange(len({name.id}))", "slice", 2) for name in names)
