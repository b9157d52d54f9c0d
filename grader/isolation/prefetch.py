"""Asking in advance: the questions of all checks of an exercise go in one message, in place of a round trip each."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from grader.isolation.packing import Packer
from grader.isolation.wire import json_text

# Arrays of fewer bytes are equal by chance.
SMALL = 16


@dataclass(frozen=True)
class Packed:
    """The arguments of one call as they go over the wire."""

    tree: Any
    parts: list[bytes]
    callables: list[Callable[..., Any]]

    @classmethod
    def of(cls, args: Iterable[Any]) -> Packed:
        """Arguments, packed. Raises TypeError for what cannot cross the wall."""
        packer = Packer(in_order=True)
        return cls(packer.pack(list(args)), packer.parts, packer.callables)


Questions = tuple[Packed, ...]
# Where chance begins for a check (None: it goes on), and what is asked.
Turn = tuple[int | None, Sequence[Packed]]


@dataclass(frozen=True)
class Asked:
    """Calls of one function as they go over the wire in one message, check by check."""

    text: bytes
    parts: list[bytes]
    count: int

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> Asked:
        """The calls of these checks, packed."""
        tree = [[chance, [packed.tree for packed in asked]] for chance, asked in turns]
        body = b"".join(part for _, asked in turns for packed in asked for part in packed.parts)
        return cls(json_text(tree), [body], sum(len(asked) for _, asked in turns))


@dataclass(frozen=True)
class Foreseen:
    """What the checks of an exercise ask in advance, each with its chance, and all of it in one message."""

    turns: tuple[tuple[int, Questions], ...]
    message: Asked

    @classmethod
    def of(cls, turns: Iterable[tuple[int, Questions]]) -> Foreseen:
        """The turns that ask anything, packed once for all submissions."""
        some = tuple((chance, questions) for chance, questions in turns if questions)
        return cls(some, Asked.of(some))


# What a check asks of a right answer; it is worked out only by those who ask in advance.
Plan = Callable[[], Questions]


def questions_in_advance(asked: Sequence[Packed], told: Sequence[bytes]) -> Questions:
    """The questions of a check that may be asked in advance: all of them or none.

    `told` are the raw answers. None may be where a question holds a part of an earlier answer, because it would
    give a right answer away, or a function, because that belongs to its call.
    """
    if any(packed.callables for packed in asked) or holds_answers(asked, told):
        return ()
    return tuple(asked)


def holds_answers(asked: Sequence[Packed], told: Sequence[bytes]) -> bool:
    """Whether an array of some question came out of the answer to an earlier one."""
    given: set[bytes] = set()
    for number, packed in enumerate(asked):
        for part in packed.parts:
            if len(part) >= SMALL and part not in given and any(part in body for body in told[:number]):
                return True
        given.update(packed.parts)
    return False


class State(Enum):
    """Where a check stands with its child.

    DIRECT ── the plan is sent ──▶ AHEAD ── its last reply is taken ──▶ DIRECT
                                   AHEAD ── another question ─────────▶ DIRECT, from the start
    any ── the child is lost ────▶ DIRECT, with a fresh child
    """

    # Nothing is on its way: a call sends its own question.
    DIRECT = auto()
    # The plan was sent, and the replies come in its order: a call that asks what is next there takes the next reply.
    AHEAD = auto()


class Prefetch:
    """What one check asked, and which replies are on their way.

    Whether they were asked in advance or one by one, the same questions find the same state of chance: the child is
    told to begin it anew (`chance`) before the first question. Where the check leaves the plan, chance has gone on too
    far in the child, so it begins anew, and what was asked so far is asked again.
    """

    def __init__(self, chance: int = 0, *, settled: bool = False) -> None:
        self.state = State.DIRECT
        self.left_plan = False
        self._chance, self._settled = chance, settled
        self._coming: deque[Packed] = deque()
        self._asked: list[Packed] = []

    def sent(self, questions: Questions) -> None:
        """The plan is on its way, and chance begins with it."""
        self._settled = True
        self._coming.extend(questions)
        self.state = State.AHEAD if questions else State.DIRECT

    def takes_reply(self, packed: Packed) -> bool:
        """The check asks this. Whether the next reply that comes in is the answer to it."""
        self._asked.append(packed)
        if self.state is not State.AHEAD or self._coming[0] != packed:
            return False
        self._coming.popleft()
        if not self._coming:
            self.state = State.DIRECT
        return True

    def to_ask(self) -> list[Packed]:
        """What to send for the question that was just asked, when no reply to it is coming: it is the last of these."""
        self.left_plan = True
        if self.state is State.DIRECT:
            return self._asked[-1:]
        self.state, self._settled = State.DIRECT, False
        return list(self._asked)

    def chance(self) -> int | None:
        """What the next message must say of chance."""
        if self._settled:
            return None
        self._settled = True
        return self._chance

    def drop(self) -> int:
        """Take no more replies; how many were on their way, or there, for this check."""
        untaken = len(self._coming)
        self._coming.clear()
        return untaken

    def lose_child(self) -> None:
        """The child is gone, and whatever was on its way; the next one has a chance of its own."""
        self._coming.clear()
        self.state, self._settled = State.DIRECT, False
