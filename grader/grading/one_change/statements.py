"""Changes of statements: one dropped, two swapped, an operator of an assignment, a return out of its loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.grading.one_change.text import Change, Text
from grader.grading.one_change.vocabulary import WRAPPERS

Simple = ast.Assign | ast.AugAssign | ast.Expr | ast.AnnAssign
AUGMENTED: dict[type[ast.operator], tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+=", ("=", "-=")),
    ast.Sub: ("-=", ("+=", "=")),
    ast.Mult: ("*=", ("/=", "=")),
    ast.Div: ("/=", ("*=", "=")),
}


def changes(text: Text, root: ast.AST) -> Iterator[Change]:
    """Every change of a statement below `root`."""
    for node in ast.walk(root):
        if isinstance(node, ast.AugAssign):
            yield from _augmented(text, node)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            yield from _sign(text, node.targets[-1], node.value, "=", ("+=",), 1)
        if isinstance(node, ast.Assign | ast.Return) and node.value is not None:
            yield from _wrapped(text, node.value)
        for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield from _block(text, node, block)


def _augmented(text: Text, node: ast.AugAssign) -> Iterator[Change]:
    sign, others = AUGMENTED.get(type(node.op), ("", ()))
    if sign:
        yield from _sign(text, node.target, node.value, sign, others, 2)


def _sign(
    text: Text, left: ast.expr, right: ast.expr, sign: str, others: tuple[str, ...], rank: int
) -> Iterator[Change]:
    start, gap = text.between(left, right)
    place = gap.find(sign)
    if place >= 0 and "#" not in gap:
        at = start + len(gap[:place].encode())
        yield from (Change(at, at + len(sign), o.encode(), right.lineno, "arithmetic", rank) for o in others)


def _wrapped(text: Text, value: ast.expr) -> Iterator[Change]:
    if not isinstance(value, ast.Tuple | ast.Constant):
        inner = text.of(value)
        yield from (text.replaced(value, wrapper.format(inner), "call", 5) for wrapper in WRAPPERS)


def _block(text: Text, parent: ast.AST, block: list[ast.stmt]) -> Iterator[Change]:
    for place, statement in enumerate(block):
        if isinstance(statement, Simple) and statement.lineno == statement.end_lineno:
            yield text.replaced(statement, "pass", "statement", 4)
            following = block[place + 1] if place + 1 < len(block) else None
            if isinstance(following, Simple) and following.lineno == following.end_lineno:
                yield _swapped(text, statement, following)
        if isinstance(statement, ast.Return) and isinstance(parent, ast.For | ast.While | ast.If | ast.With):
            yield from _out_of_its_block(text, parent, statement)


def _swapped(text: Text, one: ast.stmt, other: ast.stmt) -> Change:
    _, gap = text.between(one, other)
    new = text.of(other) + gap + text.of(one)
    return Change(text.start(one), text.end(other), new.encode(), one.lineno, "statement", 5)


def _out_of_its_block(text: Text, parent: ast.stmt, statement: ast.Return) -> Iterator[Change]:
    """The return one level further left."""
    start = text.line_start(statement.lineno)
    if statement.col_offset and text.text[start : text.start(statement)].isspace():
        new = b" " * parent.col_offset
        yield Change(start, text.start(statement), new, statement.lineno, "statement", 2)
