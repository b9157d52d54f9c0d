"""Changes of expressions: constants, operators, arguments, names, calls around a value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from grader.grading.one_change import calls
from grader.grading.one_change.text import Change, Text
from grader.grading.one_change.vocabulary import DTYPES, OPERATORS, SIZES, WRAPPERS, is_module

Changes = Iterator[Change]


def changes(text: Text, root: ast.AST, names: tuple[str, ...]) -> Changes:
    """Every change of an expression below `root`; `names` are those that stand for values there."""
    called = {id(node.func) for node in ast.walk(root) if isinstance(node, ast.Call)}
    signed = {id(n.operand) for n in ast.walk(root) if isinstance(n, ast.UnaryOp) and isinstance(n.op, ast.USub)}
    for node in ast.walk(root):
        rule = _RULES.get(type(node))
        if rule is not None and not (isinstance(node, ast.Constant) and id(node) in signed):
            yield from rule(text, node)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
            yield from _names(text, node, names)
        if isinstance(node, ast.Constant) and not isinstance(node.value, str | bool):
            yield from _instead_of_a_constant(text, node, names)


def _instead_of_a_constant(text: Text, node: ast.Constant, names: tuple[str, ...]) -> Changes:
    """A value that was written as a fixed number: one of the names, or the length of one."""
    small = isinstance(node.value, int) and abs(node.value) < 3
    yield from (text.replaced(node, name, "name", 4 if small else 3) for name in names)
    if isinstance(node.value, int) and not small:
        yield from (text.replaced(node, size.format(name), "number", 4) for name in names for size in SIZES)


def _constant(text: Text, node: ast.Constant) -> Changes:
    value = node.value
    if isinstance(value, bool):
        yield text.replaced(node, str(not value), "number", 1)
    elif isinstance(value, int):
        yield from _numbers(text, node, value)
    elif isinstance(value, float):
        for place, new in enumerate((value * 2, value / 2, value * 10, value / 10, 0.0, 1.0, -value, value**2)):
            yield text.replaced(node, repr(new), "number", 2 + place // 4)
    elif isinstance(value, str) and "->" in value:
        yield from _subscripts(text, node, value)


def _numbers(text: Text, node: ast.expr, value: int) -> Changes:
    near = (value + 1, value - 1, 0, 1, -1, 2, -2, -value, 2 * value, 3)
    for place, new in enumerate(dict.fromkeys(near)):
        if new != value:
            yield text.replaced(node, str(new) if new >= 0 else f"({new})", "number", 1 + place // 5)
    yield text.replaced(node, f"{value}.0", "number", 5)
    if value < 0:
        yield text.replaced(node, "(-1e9)", "number", 2)


def _subscripts(text: Text, node: ast.Constant, value: str) -> Changes:
    """Letters of an einsum's subscripts swapped, or one put in the place of another."""
    letters = [place for place, letter in enumerate(value) if letter.isalpha()]
    for one, other in combinations(letters, 2):
        if value[one] != value[other]:
            swapped = list(value)
            swapped[one], swapped[other] = value[other], value[one]
            yield text.replaced(node, repr("".join(swapped)), "axes", 2)
    for place in letters:
        for letter in sorted({value[other] for other in letters} - {value[place]}):
            yield text.replaced(node, repr(value[:place] + letter + value[place + 1 :]), "axes", 3)


def _unary(text: Text, node: ast.UnaryOp) -> Changes:
    if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value = node.operand.value
        if isinstance(value, int):
            yield from _numbers(text, node, -value)
        elif isinstance(value, float):
            yield from (text.replaced(node, repr(new), "number", 2) for new in (value, -value * 10, -value / 10, -1e9))
        return
    if isinstance(node.op, ast.Not):
        yield text.replaced(node, f"({text.of(node.operand)})", "sign", 1)
    if isinstance(node.op, ast.USub | ast.Invert):
        # The sign alone, so that what stands behind it may change with it.
        yield Change(text.start(node), text.start(node) + 1, b"", node.lineno, "sign", 1)


def _binary(text: Text, node: ast.BinOp) -> Changes:
    yield from _operator(text, node.left, node.op, node.right)
    left, right = text.of(node.left), text.of(node.right)
    yield text.replaced(node, f"({left})", "arithmetic", 3)
    yield text.replaced(node, f"({right})", "arithmetic", 4)
    found = OPERATORS.get(type(node.op))
    if found and not isinstance(node.op, ast.Add | ast.Mult):
        yield text.replaced(node, f"(({right}) {found[0]} ({left}))", "arithmetic", 3)
    if isinstance(node.op, ast.MatMult):
        for side, wrapper in ((node.left, 3), (node.right, 2)):
            for shape in WRAPPERS[1:3]:
                yield text.replaced(side, shape.format(text.of(side)), "axes", wrapper)
    if isinstance(node.op, ast.Div | ast.Mult):
        yield text.replaced(node.right, f"np.sqrt({right})", "arithmetic", 3)
        yield text.replaced(node.right, f"(({right}) ** 2)", "arithmetic", 4)


def _compare(text: Text, node: ast.Compare) -> Changes:
    for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
        yield from _operator(text, left, operator, right)


def _operator(text: Text, left: ast.expr, operator: ast.AST, right: ast.expr) -> Changes:
    sign, others = OPERATORS.get(type(operator), ("", ()))
    start, gap = text.between(left, right)
    place = gap.find(sign) if sign and "#" not in gap else -1
    if place < 0:
        return
    at = start + len(gap[:place].encode())
    for number, other in enumerate(others):
        yield Change(at, at + len(sign), other.encode(), right.lineno, "arithmetic", 1 + number)


def _subscript(text: Text, node: ast.Subscript) -> Changes:
    value = text.of(node.value)
    yield text.replaced(node, value, "slice", 4)
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for part in parts:
        if isinstance(part, ast.Slice):
            yield from _slice(text, part)
        elif not isinstance(part, ast.Constant):
            yield from _index(text, part)


def _index(text: Text, node: ast.expr) -> Changes:
    index = text.of(node)
    yield from (text.replaced(node, new, "slice", 3) for new in (f"{index} + 1", f"{index} - 1", f":{index}"))
    if isinstance(node, ast.BinOp):
        yield text.replaced(node, f":{text.of(node.left)}", "slice", 3)


def _slice(text: Text, node: ast.Slice) -> Changes:
    lower, upper = (text.of(part) if part else "" for part in (node.lower, node.upper))
    step = f":{text.of(node.step)}" if node.step else ""
    bounds = [("", upper), (lower, ""), (f"{lower} + 1" if lower else "1", upper), (lower, upper or "-1")]
    bounds += [(lower, f"{upper} + 1"), (lower, f"{upper} - 1")] if upper else []
    bounds += [(f"{lower} - 1", upper), ("", lower), ("", lower.lstrip("-"))] if lower else []
    for first, last in bounds:
        yield text.replaced(node, f"{first}:{last}{step}", "slice", 3)
    if node.step is None and not lower and not upper:
        yield text.replaced(node, "::-1", "slice", 5)


def _attribute(text: Text, node: ast.Attribute) -> Changes:
    if node.attr == "T":
        yield text.replaced(node, text.of(node.value), "axes", 2)
        yield text.replaced(node, f"np.swapaxes({text.of(node.value)}, -1, -2)", "axes", 2)
    if node.attr in DTYPES and is_module(node.value):
        yield text.replaced(node, "float", "dtype", 1)


def _sequence(text: Text, node: ast.Tuple | ast.List) -> Changes:
    """Two items swapped, one left out, or one alone."""
    if not isinstance(node.ctx, ast.Load):
        return
    given = [text.of(item) for item in node.elts]
    first = text.text[text.start(node) : text.start(node) + 1]
    form = "[{}]" if first == b"[" else "({})" if first == b"(" else "{}"
    for one, other in combinations(range(len(given)), 2):
        swapped = list(given)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        yield text.replaced(node, form.format(", ".join(swapped)), "order", 2)
    if len(given) == 3:
        for turned in (given[1:] + given[:1], given[2:] + given[:2]):
            yield text.replaced(node, form.format(", ".join(turned)), "order", 3)
    for place, item in enumerate(given):
        yield text.replaced(node, f"({item})", "order", 4)
        if len(given) > 2:
            yield text.replaced(node, form.format(", ".join(given[:place] + given[place + 1 :])), "order", 4)


def _condition(text: Text, node: ast.IfExp | ast.If | ast.While) -> Changes:
    yield text.replaced(node.test, f"not ({text.of(node.test)})", "condition", 3)
    yield from (text.replaced(node.test, word, "condition", 3) for word in ("True", "False"))


def _names(text: Text, node: ast.Name, names: tuple[str, ...]) -> Changes:
    if node.id in DTYPES:
        yield text.replaced(node, "float", "dtype", 1)
    if node.id not in names:
        return
    yield from (text.replaced(node, other, "name", 3) for other in names if other != node.id)
    yield from (text.replaced(node, f"({node.id} {step})", "number", 4) for step in ("+ 1", "- 1"))
    yield from (text.replaced(node, wrapper.format(node.id), "call", 6) for wrapper in WRAPPERS)


_RULES: dict[type[ast.AST], Callable[[Text, Any], Changes]] = {
    ast.Constant: _constant,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.Call: calls.changes,
    ast.Subscript: _subscript,
    ast.Attribute: _attribute,
    ast.Tuple: _sequence,
    ast.List: _sequence,
    ast.IfExp: _condition,
    ast.If: _condition,
    ast.While: _condition,
}
