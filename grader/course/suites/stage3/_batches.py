"""The two properties that `embed_context` and `mlp_forward` share: flat contexts, and any size of batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.course.checks import Answer, mistake
from grader.course.measure import close, shape_text
from grader.course.suites.stage3._probe import BATCHES, Case, Maker, Try, attempt, give_up

# In batches of every size the same three contexts are asked, so that nothing but the size differs.
POOL = 3


def require_flat_contexts(
    answer: Answer,
    maker: Maker,
    keeps_apart: Callable[[Answer, Maker], bool],
    is_reordered: Callable[[Answer, int], bool],
) -> None:
    """Name 3.4 where contexts of one word are right in any batch, and longer ones not even in a batch of one.

    `is_reordered` says whether contexts of so many words are flat, with their numbers in another order: not 3.4.
    """
    longer = {words: attempt(answer, maker(1, words)) for words in (2, 3)}
    if all(one.near for one in longer.values()):
        return
    if not any(one.near for one in longer.values()):
        if any(is_reordered(answer, words) for words in longer):
            return
        short = [attempt(answer, maker(batch, 1)) for batch in BATCHES]
        if all(one.with_axis_left_over for one in short):
            _name_unflattened(longer[3], short[0].but_for)
        if not longer[3].fault and keeps_apart(answer, maker):
            return
        give_up([*longer.values()], "your result is wrong for some contexts of 1 word too")
    give_up([*longer.values()], "your result is right for contexts of one length only, of 2 words or of 3")


def _name_unflattened(one: Try, but_for: str) -> None:
    ids, right = one.case.ids, one.case.rights[0]
    start = f"Contexts of 1 word come out right{but_for}. For context_ids of shape {{shape}} "
    shape = list(ids.shape)
    if one.fault:
        mistake(start + "your function raises {fault}.", shape=shape, fault=one.fault.type_name, explains=one.fault)
    if _shape_differs(one):
        mistake(start + f"your result is {one.in_words}, and {shape_text(right)} is asked for.", shape=shape)
    got, want = one.result.ravel().astype(np.float64), right.ravel()
    column = int(np.argmax(np.abs(got - want)))
    end = "your result holds {got} at position {column}, and {want} is right there."
    mistake(start + end, shape=shape, column=column, got=float(got[column]), want=float(want[column]))


def _shape_differs(one: Try) -> bool:
    return getattr(one.result, "shape", None) != one.case.rights[0].shape


@dataclass(frozen=True)
class Sized:
    """The same contexts in batches of one size: as many as it takes to ask all of them."""

    size: int
    tries: tuple[Try, ...]

    def all(self, right: Callable[[Try], bool]) -> bool:
        """Whether each batch of this size came out right."""
        return all(map(right, self.tries))


def require_one_row_per_context(answer: Answer, maker: Maker) -> None:
    """Name 3.10 where some batch sizes come out right and others not; pass where all rows stand for themselves."""
    seen: list[Try] = []
    for words in (3, 1):
        pool = maker(POOL, words)
        sized = [Sized(size, tuple(attempt(answer, case) for case in _batches(pool, size))) for size in BATCHES]
        seen += [one for each in sized for one in each.tries]
        for right in (lambda one: one.exact, lambda one: one.near):
            _name_batch_sizes(sized, right)
        if sized[-1].all(lambda one: one.exact) or _rows_stand_alone(answer, maker(BATCHES[-2], words)):
            return
    give_up(seen, "your result is not right for any size of batch")


def _batches(pool: Case, size: int) -> list[Case]:
    """Batches of this size in which each context of the pool stands at least once."""
    count = -(-POOL // size)
    return [pool.rows(np.arange(n * size, (n + 1) * size) % POOL) for n in range(count)]


def _name_batch_sizes(sized: Sequence[Sized], right: Callable[[Try], bool]) -> None:
    fine = [each.size for each in sized if each.all(right)]
    if not fine or len(fine) == len(sized):
        return
    bad = next(each for each in sized if each.size not in fine)
    one = next(one for one in bad.tries if not right(one))
    but_for = next(each for each in sized if each.size in fine).tries[0].but_for
    start = f"For {_listed(fine)} your result is right{but_for}. For the same contexts in a batch of {{size}} "
    if one.fault:
        mistake(start + "your function raises {fault}.", size=bad.size, fault=one.fault.type_name, explains=one.fault)
    if _shape_differs(one):
        mistake(start + f"it is {one.in_words}, and {shape_text(one.case.rights[0])} is asked for.", size=bad.size)
    got, want = one.result.astype(np.float64), one.case.rights[0]
    row, column = (int(i) for i in np.unravel_index(int(np.argmax(np.abs(got - want))), want.shape))
    end = "it holds {got} at position {column} of row {row}, and {want} is right there."
    mistake(
        start + end, size=bad.size, got=float(got[row, column]), column=column, row=row, want=float(want[row, column])
    )


def _listed(sizes: Sequence[int]) -> str:
    *most, last = map(str, sizes)
    return f"batches of {', '.join(most)} and {last}" if most else f"a batch of {last}"


def _rows_stand_alone(answer: Answer, case: Case) -> bool:
    """Whether each context has its own row, the same in any company: right or not, the batch is treated as one."""
    rows, width = case.rights[0].shape
    orders = (np.arange(rows), np.arange(rows)[::-1], np.arange(1))
    results = [attempt(answer, case.rows(order)).result for order in orders]
    if [getattr(one, "shape", None) for one in results] != [(rows, width), (rows, width), (1, width)]:
        return False
    whole, back, alone = results
    spread = np.ptp(whole.astype(np.float64), axis=0).max()
    return bool(spread > 1e-6) and close(back[::-1], whole) and close(alone, whole[:1])
