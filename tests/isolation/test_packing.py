"""Values cross the wall unchanged, and nothing else crosses."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from grader.isolation.packing import DTYPES, Packer, ProtocolError, Unpacker
from grader.student.plain import Opaque


def carried(value: Any) -> Any:
    """`value` after the way over the wall, as the child gets it."""
    packer = Packer()
    tree = json.loads(json.dumps(packer.pack(value)))
    return Unpacker(b"".join(packer.parts), lambda number: packer.callables[number]).whole(tree)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -1,
        2**62,
        0.1,
        -0.0,
        math.inf,
        "",
        "ü\n\0",
        [],
        [1, [2.0, None]],
        (1, "a"),
        {"a": [1]},
        b"\0\xff",
    ],
)
def test_plain_values_arrive_unchanged(value: object) -> None:
    got = carried(value)
    assert got == value
    assert type(got) is type(value)


def test_not_a_number_arrives() -> None:
    assert math.isnan(carried(math.nan))


@pytest.mark.parametrize("name", DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3, 0, 2), (1,), (2, 3), (2, 1, 3, 1)])
def test_arrays_arrive_with_dtype_shape_and_bits(name: str, shape: tuple[int, ...]) -> None:
    value = np.random.default_rng(1).integers(0, 2, shape).astype(name)
    for given in (value, np.asfortranarray(value), value[..., ::-1] if shape else value):
        got = carried(given)
        assert (got.dtype, got.shape) == (given.dtype, given.shape)
        np.testing.assert_array_equal(got, given)
        assert got.flags.writeable


def test_numpy_scalars_stay_numpy_scalars() -> None:
    got = carried(np.float32(0.5))
    assert type(got) is np.float32
    assert got == np.float32(0.5)


def test_opaque_things_stay_opaque() -> None:
    assert carried([Opaque("torch.Tensor")]) == [Opaque("torch.Tensor")]


@pytest.mark.parametrize("kind", [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64])
def test_a_generator_goes_on_where_it_was(kind: Any) -> None:
    rng = np.random.Generator(kind(3))
    rng.random(5)
    np.testing.assert_array_equal(carried(rng).normal(size=4), rng.normal(size=4))


def test_callables_are_called_by_number() -> None:
    first, second = carried((min, {"deep": [max]}))
    assert first is min
    assert second == {"deep": [max]}


@pytest.mark.parametrize("value", [np.array([object()]), np.array(["a"]), np.ones(2, complex), object(), 1j, {1, 2}])
def test_what_cannot_be_carried_is_an_error_of_ours(value: object) -> None:
    with pytest.raises(TypeError):
        Packer().pack(value)


HOSTILE: dict[str, tuple[Any, bytes]] = {
    "an object array": ({"a": ["object", [1]]}, b"\0" * 8),
    "a dtype that is code": ({"a": ["O", [1]]}, b"\0" * 8),
    "a dtype that is no text": ({"a": [["f8"], [1]]}, b"\0" * 8),
    "a thousand million elements": ({"a": ["float64", [10**9]]}, b"\0" * 8),
    "a length that overflows": ({"a": ["float64", [2**62, 4]]}, b""),
    "a negative length": ({"a": ["float64", [-1]]}, b""),
    "two negative lengths": ({"a": ["float64", [-1, -1]]}, b"\0" * 8),
    "a fraction of a length": ({"a": ["float64", [1.0]]}, b"\0" * 8),
    "a length that is true": ({"a": ["float64", [True]]}, b"\0" * 8),
    "a huge empty array": ({"a": ["float64", [0] + [2**39] * 5]}, b""),
    "forty dimensions": ({"a": ["float64", [1] * 40]}, b"\0" * 8),
    "no shape": ({"a": ["float64", None]}, b""),
    "an empty array that is long": ({"a": ["float64", [2**29, 0]]}, b""),
    "many arrays that are large together": ([{"a": ["uint8", [2**21]]}] * 3, bytes(3 * 2**21)),
    "half an array": ({"a": ["float64", [2]]}, b"\0" * 15),
    "bytes too many": ({"a": ["float64", [1]]}, b"\0" * 16),
    "bytes for nothing": (1, b"x"),
    "too few parts": ({"a": ["float64"]}, b""),
    "a huge integer": (10**40, b""),
    "a callable": ({"f": 0}, b""),
    "a generator": ({"g": {"d": {"bit_generator": "PCG64"}}}, b""),
    "an unknown tag": ({"x": 1}, b""),
    "two tags": ({"t": [], "d": {}}, b""),
    "a tuple that is a dict": ({"t": {}}, b""),
    "a dict that is a list": ({"d": []}, b""),
    "negative bytes": ({"y": -1}, b""),
    "a type name that is a list": ({"o": []}, b""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_tree_is_garbage_and_nothing_worse(name: str) -> None:
    tree, body = HOSTILE[name]
    with pytest.raises(ProtocolError):
        Unpacker(body).whole(tree)


def test_deep_nesting_is_garbage() -> None:
    tree: Any = 1
    for _ in range(500):
        tree = [tree]
    with pytest.raises(ProtocolError):
        Unpacker(b"").whole(tree)


def test_a_bool_is_zero_or_one_whatever_byte_was_sent() -> None:
    got = Unpacker(b"\x00\x01\x02\xff").whole({"a": ["bool", [4]]})
    assert got.view(np.uint8).tolist() == [0, 1, 1, 1]


def test_lone_surrogates_become_text_that_can_be_written() -> None:
    got = Unpacker(b"").whole(["\ud800", {"d": {"\udfff": 1}}])
    json.dumps(got, ensure_ascii=False).encode()


def test_random_trees_never_do_worse_than_garbage() -> None:
    rng = np.random.default_rng(7)
    leaves: list[Any] = [None, -1, 0, 3, 2**70, 1.5, "float64", "bool", "a", [], {}]
    tags = ["a", "s", "t", "d", "y", "o", "f", "g", "?"]

    def tree(depth: int) -> Any:
        kind = rng.integers(4) if depth else 0
        if kind == 0:
            return leaves[rng.integers(len(leaves))]
        if kind == 1:
            return [tree(depth - 1) for _ in range(rng.integers(4))]
        return {tags[rng.integers(len(tags))]: tree(depth - 1) for _ in range(rng.integers(1, 3))}

    for _ in range(3000):
        try:
            Unpacker(rng.bytes(int(rng.integers(40)))).whole(tree(4))
        except ProtocolError:
            continue
