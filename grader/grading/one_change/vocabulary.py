"""What is taken for one another in numpy code, and what may have to go or to be put around a value."""

from __future__ import annotations

import ast

# Operators as they are written, with those that are written in their place.
OPERATORS: dict[type[ast.AST], tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+", ("-", "*")),
    ast.Sub: ("-", ("+",)),
    ast.Mult: ("*", ("/", "@", "+")),
    ast.Div: ("/", ("*", "//")),
    ast.FloorDiv: ("//", ("/", "%")),
    ast.Mod: ("%", ("//",)),
    ast.Pow: ("**", ("*",)),
    ast.MatMult: ("@", ("*",)),
    ast.Lt: ("<", ("<=", ">", ">=")),
    ast.LtE: ("<=", ("<", ">", ">=")),
    ast.Gt: (">", (">=", "<", "<=")),
    ast.GtE: (">=", (">", "<", "<=")),
    ast.Eq: ("==", ("!=", ">=", "<=")),
    ast.NotEq: ("!=", ("==",)),
    ast.BitAnd: ("&", ("|",)),
    ast.BitOr: ("|", ("&",)),
}
# Functions that are taken for one another.
FAMILIES = tuple(
    tuple(line.split())
    for line in """
max min
amax amin
argmax argmin
maximum minimum
sum mean max cumsum prod
mean sum median
std var
triu tril
zeros ones
sin cos
log log2 log1p log10
exp exp2 expm1
sqrt square
any all
repeat tile
vstack hstack concatenate
normal standard_normal uniform
""".strip().splitlines()
)
# Functions that take something away from a value, so that they may have to go.
SPOILERS = frozenset(
    [
        "abs",
        "absolute",
        "around",
        "astype",
        "ceil",
        "clip",
        "fabs",
        "flatten",
        "flip",
        "float16",
        "float32",
        "floor",
        "int",
        "maximum",
        "minimum",
        "nan_to_num",
        "negative",
        "ravel",
        "rint",
        "roll",
        "round",
        "sign",
        "sort",
        "sorted",
        "squeeze",
        "tanh",
        "trunc",
        "unique",
    ]
)
REDUCTIONS = frozenset(
    [
        "all",
        "amax",
        "amin",
        "any",
        "argmax",
        "cumsum",
        "max",
        "mean",
        "median",
        "min",
        "prod",
        "softmax",
        "std",
        "sum",
        "var",
    ]
)
MAKERS = frozenset(
    ["arange", "array", "asarray", "empty", "empty_like", "full", "ones", "ones_like", "zeros", "zeros_like"]
)
DTYPES = frozenset(["bool", "float16", "float32", "int", "int16", "int32", "int64", "int8", "uint8"])
# What may have to be put around a value.
WRAPPERS = (
    "np.sqrt({})",
    "({}).T",
    "np.swapaxes({}, -1, -2)",
    "({})[::-1]",
    "-({})",
    "np.abs({})",
    "({}) ** 2",
    "np.array({})",
    "np.sort({})[::-1]",
)
# What a fixed number may have to be: a length of an array.
SIZES = ("len({})", "{}.shape[-1]", "{}.shape[1]")


def is_module(node: ast.expr) -> bool:
    """Whether a name stands for numpy or math and for no value."""
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math")
