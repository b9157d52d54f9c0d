"""Changes of calls: another function, arguments swapped, dropped or added, the call taken away."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations, permutations

from grader.grading.one_change.text import Change, Text
from grader.grading.one_change.vocabulary import FAMILIES, REDUCTIONS, SPOILERS, is_module

Changes = Iterator[Change]


def changes(text: Text, node: ast.Call) -> Changes:
    name = _called(node)
    yield from _family(text, node, name)
    yield from _arguments(text, node, name)
    yield from _axes(text, node, name)
    for keyword in node.keywords:
        if keyword.arg == "dtype":
            yield text.replaced(keyword.value, "float", "dtype", 1)
        if keyword.arg == "axis":
            yield from (text.replaced(keyword.value, new, "axes", 1) for new in ("-1", "0", "1", "-2", "None"))
    for inner in node.args[:3]:
        if not isinstance(inner, ast.Starred):
            yield text.replaced(node, f"({text.of(inner)})", "call", 2 if name in SPOILERS else 5)
    if isinstance(node.func, ast.Attribute) and not is_module(node.func.value):
        yield text.replaced(node, f"({text.of(node.func.value)})", "call", 2 if name in SPOILERS else 5)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def _family(text: Text, node: ast.Call, name: str) -> Changes:
    if not isinstance(node.func, ast.Attribute | ast.Name):
        return
    end = text.end(node.func)
    for family in FAMILIES:
        if name in family:
            for other in family:
                if other != name:
                    yield Change(end - len(name), end, other.encode(), node.func.end_lineno or node.lineno, "call", 2)


def _arguments(text: Text, node: ast.Call, name: str) -> Changes:
    given = [text.of(argument) for argument in node.args]
    keywords = [f"{k.arg}={text.of(k.value)}" if k.arg else f"**{text.of(k.value)}" for k in node.keywords]
    function = text.of(node.func)

    def call(positional: list[str], named: list[str], kind: str, rank: int) -> Change:
        return text.replaced(node, f"{function}({', '.join([*positional, *named])})", kind, rank)

    for one, other in combinations(range(len(given)), 2):
        swapped = list(given)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        yield call(swapped, keywords, "order", 2)
    for place in range(len(node.keywords)):
        yield call(given, keywords[:place] + keywords[place + 1 :], "axes", 3)
    if len(given) > 1:
        yield call(given[:-1], keywords, "call", 4)
    for extra, rank in _missing(name, {k.arg for k in node.keywords}, len(given)):
        yield call(given, [*keywords, extra], "axes", rank)


def _axes(text: Text, node: ast.Call, name: str) -> Changes:
    """Every other order of the axes of a transpose, and a transpose where a reshape stands."""
    holder: ast.expr = node
    if name == "transpose" and node.args:
        last = node.args[-1]
        holder, axes = (last, last.elts) if isinstance(last, ast.Tuple) else (node, node.args)
        if 3 <= len(axes) <= 4 and all(isinstance(axis, ast.Constant | ast.UnaryOp) for axis in axes):
            given = [text.of(axis) for axis in axes]
            form = "({})" if holder is last else f"{text.of(node.func)}({{}})"
            yield from (
                text.replaced(holder, form.format(", ".join(turned)), "axes", 3) for turned in permutations(given)
            )
    if name == "reshape" and isinstance(node.func, ast.Attribute) and not is_module(node.func.value):
        inner = text.of(node.func.value)
        yield from (text.replaced(node, f"np.swapaxes({inner}, {axes})", "axes", 3) for axes in ("-1, -2", "1, 2"))


def _missing(name: str, there: set[str | None], count: int) -> Iterator[tuple[str, int]]:
    """Arguments that a call may lack."""
    if name in REDUCTIONS:
        if "keepdims" not in there:
            yield "keepdims=True", 2
        if "axis" not in there and count < 2:
            yield from ((f"axis={axis}", 2) for axis in (-1, 0, 1))
            yield from ((f"axis={axis}, keepdims=True", 2) for axis in (-1, 0, 1, -2))
    if name in ("triu", "tril") and count == 1 and "k" not in there:
        yield from (("k=1", 1), ("k=-1", 1))
    if name in (
        "zeros",
        "ones",
        "full",
        "empty",
        "zeros_like",
        "ones_like",
        "empty_like",
        "array",
        "asarray",
        "arange",
    ):
        yield "dtype=float", 2
    if name in ("concatenate", "stack") and "axis" not in there:
        yield from ((f"axis={axis}", 1) for axis in (1, -1, -2))
    if name in ("std", "var") and "ddof" not in there:
        yield "ddof=1", 4
