"""What a check can be foreseen to ask: kept from one submission to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

# Arrays of fewer bytes are equal by chance.
SMALL = 16


@dataclass(frozen=True)
class Packed:
    """The arguments of one call as they go over the wire."""

    tree: Any
    parts: list[bytes]
    callables: list[Callable[..., Any]]


# By check, what it asked when it passed.
Memory = dict[str, list[Packed]]


def holds_answers(asked: Sequence[Packed], told: Sequence[bytes]) -> bool:
    """Whether an array of some question came out of the answer to an earlier one."""
    given: set[bytes] = set()
    for number, packed in enumerate(asked):
        for part in packed.parts:
            if len(part) >= SMALL and part not in given and any(part in body for body in told[:number]):
                return True
        given.update(packed.parts)
    return False
