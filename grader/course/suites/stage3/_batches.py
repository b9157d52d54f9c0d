"""The two properties that `embed_context` and `mlp_forward` share: flat contexts, and any size of batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from grader.course.checks import Answer, mistake
from grader.course.measure import close, shape_text
from grader.course.suites.stage3._probe import BATCHES, Case, Maker, Try, attempt, give_up


def require_flat_contexts(answer: Answer, maker: Maker, keeps_apart: Callable[[Answer, Maker], bool]) -> None:
    """Name 3.4 where contexts of one word are right in any batch, and longer ones not even in a batch of one."""
    longer = {words: attempt(answer, maker(1, words)) for words in (2, 3)}
    if all(one.near for one in longer.values()):
        return
    if not any(one.near for one in longer.values()):
        short = [attempt(answer, maker(batch, 1)) for batch in BATCHES]
        if all(one.with_axis_left_over for one in short):
            _name_unflattened(longer[3])
        if not longer[3].fault and keeps_apart(answer, maker):
            return
    give_up([*longer.values()], "your result for one context of three words is right neither flat nor otherwise")


def _name_unflattened(one: Try) -> None:
    ids, want = _context_ids(one.case), shape_text(one.case.rights[0])
    if one.fault:
        came = f"raises {one.fault.type_name}"
    elif _shape_differs(one):
        came = f"gives {one.in_words} where {want} is asked"
    else:
        came = "gives other numbers than its words side by side do"
    mistake(
        f"Contexts of 1 word come out right; one of {ids.shape[1]} words (context_ids {shape_text(ids)}) {came}.",
        explains=one.fault,
    )


def _shape_differs(one: Try) -> bool:
    return getattr(one.result, "shape", None) != one.case.rights[0].shape


def require_one_row_per_context(answer: Answer, maker: Maker, ids_at: int) -> None:
    """Name 3.10 where some batch sizes come out right and others not; pass where all rows stand for themselves."""
    seen: list[Try] = []
    for words in (3, 1):
        tries = [attempt(answer, maker(batch, words)) for batch in BATCHES]
        seen += tries
        _name_batch_sizes(answer, maker, tries, lambda one: one.exact)
        _name_batch_sizes(answer, maker, tries, lambda one: one.near)
        if all(one.exact for one in tries) or _rows_stand_alone(answer, maker(BATCHES[-2], words), ids_at):
            return
    give_up(seen, "your result is right for no size of batch")


def _name_batch_sizes(answer: Answer, maker: Maker, tries: Sequence[Try], right: Callable[[Try], bool]) -> None:
    fine = [right(one) for one in tries]
    if all(fine) or not any(fine):
        return
    # A table's first row is right for word 0, whatever the function does: luck must not accuse.
    proven = [
        b for b, one, f in zip(BATCHES, tries, fine, strict=True) if f and right(_with_other_words(answer, maker, one))
    ]
    if not proven:
        return
    batch, first = next((b, one) for b, one, f in zip(BATCHES, tries, fine, strict=True) if not f)
    if first.fault:
        came = f"{batch} raises {first.fault.type_name}"
    elif _shape_differs(first):
        came = f"{batch} gives {first.in_words}, not {shape_text(first.case.rights[0])}"
    else:
        came = f"{batch} gives other numbers than each context alone"
    good = ", ".join(map(str, proven))
    mistake(f"Your result is right for a batch of {good}; a batch of {came}.", explains=first.fault)


def _with_other_words(answer: Answer, maker: Maker, one: Try) -> Try:
    """The same size of batch and context once more, with other words."""
    ids = _context_ids(one.case)
    other = maker(*ids.shape)
    while np.array_equal(_context_ids(other), ids):
        other = maker(*ids.shape)
    return attempt(answer, other)


def _context_ids(case: Case) -> np.ndarray:
    return next(arg for arg in case.args if arg.dtype.kind == "i")


def _rows_stand_alone(answer: Answer, case: Case, ids_at: int) -> bool:
    """Whether each context has its own row, the same in any company: right or not, the batch is treated as one."""
    turned = list(case.args)
    turned[ids_at] = case.args[ids_at][::-1]
    few = list(case.args)
    few[ids_at] = case.args[ids_at][:1]
    results = [attempt(answer, Case(tuple(args), case.rights)).result for args in (case.args, turned, few)]
    rows, width = case.rights[0].shape
    if [getattr(one, "shape", None) for one in results] != [(rows, width), (rows, width), (1, width)]:
        return False
    whole, back, alone = results
    spread = np.ptp(whole.astype(np.float64), axis=0).max()
    return bool(spread > 1e-6) and close(back[::-1], whole) and close(alone, whole[:1])
