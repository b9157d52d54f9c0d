"""The neural language model and its loss."""

import itertools

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import by_column, close, number
from grader.course.suites.stage3._batches import require_flat_contexts, require_one_row_per_context
from grader.course.suites.stage3._loss import (
    FACTORS,
    MATH_ERRORS,
    STEEP,
    Steep,
    all_close,
    compare_loss,
    is_plausible,
    mean_loss,
    plain_batch,
    require_finite_loss,
    require_loss,
)
from grader.course.suites.stage3._probe import Case, Maker, Try, attempt, contexts, give_up
from grader.student.faults import Raised

VOCAB, WIDTH, HIDDEN = 11, 4, 5
FORMS = ("with both biases", "without b1", "without b2", "without b1 and b2")


def _model(rng: Rng, batch: int, words: int) -> Case:
    """A small model, and its logits with both biases, without b1, without b2, and without either."""
    table = rng.normal(size=(VOCAB, WIDTH))
    w1 = rng.normal(0, 0.3, (words * WIDTH, HIDDEN))
    w2 = rng.normal(0, 0.7, (HIDDEN, VOCAB))
    b1 = rng.uniform(0.5, 1.5, HIDDEN) * rng.choice([-1, 1], HIDDEN)
    b2 = rng.uniform(0.5, 2.0, VOCAB) * rng.choice([-1, 1], VOCAB)
    ids = contexts(rng, batch, words, VOCAB)
    x = table[ids].reshape(batch, -1)
    hidden, unbiased = np.tanh(x @ w1 + b1) @ w2, np.tanh(x @ w1) @ w2
    return Case((ids, table, w1, b1, w2, b2), (hidden + b2, unbiased + b2, hidden, unbiased))


@shows("3.3", "mlp_forward")
def test_both_biases_reach_the_logits(answer: Answer, rng: Rng) -> None:
    """If every word vector were zero, which numbers would decide what your model predicts?"""
    tries = [attempt(answer, _model(rng, *size)) for size in ((1, 1), (32, 1), (3, 1), (1, 3), (3, 3))]
    for one in tries:
        if one.form:
            _name_missing_bias(one)
    right = any(one.form == 0 for one in tries)
    if not right and not (tries[0].fault is None and _follows_biases(answer, tries[0].case)):
        give_up(tries, "your logits are neither the right ones nor those without a bias")


def _name_missing_bias(one: Try) -> None:
    right = one.case.rights[0]
    got = one.result.reshape(right.shape).astype(np.float64)
    row, word = (int(i) for i in np.unravel_index(int(np.argmax(np.abs(got - right))), right.shape))
    mistake(
        f"For context_ids of shape {{shape}} your logits are those {FORMS[one.form or 0]}: "
        "word {word} scores {got} in row {row}, and {right} with both biases.",
        shape=list(one.case.ids.shape),
        word=word,
        row=row,
        got=float(got[row, word]),
        right=float(right[row, word]),
    )


def _follows_biases(answer: Answer, case: Case) -> bool:
    """Whether logits that are wrong in another way still change with b1 and with b2, and with nothing else."""
    ids, table, w1, b1, w2, b2 = case.args
    changed = ((table, w1, b1), (table, w1, -b1)), ((w2, b2), (w2, -b2))
    results = [answer(ids, *front, *back) for front in changed[0] for back in changed[1]]
    results += [answer(*case.args), answer((ids + 1) % VOCAB, *case.args[1:])]
    if not all(isinstance(one, np.ndarray) and one.size == VOCAB for one in results):
        return False
    base, other_b2, other_b1, _, again, other_word = results
    return close(again, base) and not any(close(one, base) for one in (other_b2, other_b1, other_word))


@shows("3.4", "mlp_forward")
def test_the_first_layer_sees_all_words_of_a_context(answer: Answer, rng: Rng) -> None:
    """w1 has a row per number it reads: how many are there for three words of four features?"""
    require_flat_contexts(answer, lambda batch, words: _model(rng, batch, words), _order_matters, _is_reordered)


def _order_matters(answer: Answer, maker: Maker) -> bool:
    """Whether logits that are wrong in another way tell contexts apart that hold the same words in another order."""
    ids, *rest = maker(1, 3).args
    orders = ([0, 1, 2], [0, 1, 2], [1, 0, 2], [0, 2, 1])
    results = [answer(ids[:, order], *rest) for order in orders]
    if not all(isinstance(one, np.ndarray) and one.size == VOCAB for one in results):
        return False
    return close(results[1], results[0]) and not any(close(one, results[0]) for one in results[2:])


def _is_reordered(answer: Answer, words: int) -> bool:
    """Whether the flat context is read in another order: seen through layers that pass it on nearly unchanged."""
    rng = np.random.default_rng(words)
    width = words * WIDTH
    table, unit = rng.normal(size=(width, WIDTH)), 1e-3 * np.eye(width)
    ids = rng.permutation(width)[None, :words]
    read = attempt(answer, Case((ids, table, unit, np.zeros(width), 1e3 * np.eye(width), np.zeros(width)), ())).result
    flat = table[ids].ravel()
    return isinstance(read, np.ndarray) and read.shape == (1, width) and close(np.sort(read[0]), np.sort(flat), 10)


@shows("3.10", "mlp_forward")
def test_every_batch_size_gives_a_row_of_logits_per_context(answer: Answer, rng: Rng) -> None:
    """How many rows of logits must come back for a batch of 1 context, of 2, of 32?"""
    require_one_row_per_context(answer, lambda batch, words: _model(rng, batch, words))


@general("mlp_forward")
def test_mlp_forward_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Write down the shape after each of the five steps, for one context of two words."""
    cases = (
        (1, 1, 1, 1, 2),
        (1, 2, 3, 4, 5),
        (2, 1, 2, 3, 4),
        (2, 3, 2, 1, 7),
        (3, 3, 3, 9, 3),
        (7, 4, 5, 6, 9),
        (2, 1, 2, 3, 3),
        (32, 2, 3, 8, 6),
        (2, 6, 3, 17, 18),
        (1, 2, 3, 4, 5),
    )
    for scale, (batch, words, width, hidden, vocab_size) in zip(itertools.cycle((1, 6)), cases, strict=False):
        ids = rng.integers(0, vocab_size, (batch, words))
        sizes = ((vocab_size, width), (words * width, hidden), (hidden,), (hidden, vocab_size), (vocab_size,))
        # Small weights and a large b2: nothing cancels, so half precision stays within its tolerance.
        scales = (1, 0.5, 1, 0.4 * scale / max(1.0, hidden / 9))
        table, *layers = (rng.normal(size=size) * times for size, times in zip(sizes, scales, strict=False))
        b2 = scale * rng.uniform(2.0, 4.0, vocab_size) * rng.choice([-1, 1], vocab_size)
        expected.compare(answer, ids, table, *layers, b2)
    sizes = ((5, 2), (6, 4), (4,), (4, 5), (5,))
    single = [rng.normal(size=size).astype(np.float32) for size in sizes]
    expected.compare(answer, np.array([[0, 1, 4], [2, 2, 0], [3, 4, 1]]), *single[:-1], 6 * single[-1])


@shows("3.5", "cross_entropy")
def test_the_loss_of_finite_logits_is_finite(answer: Answer, rng: Rng) -> None:
    """Which probability has your model given the target when the loss becomes infinite?"""
    logits, targets = rng.normal(size=(3, 4)), np.array([2, 0, 3])
    plain = answer(logits, targets)
    _name_infinite(plain, logits, "all scores are of ordinary size")
    odd = []
    for steep in STEEP:
        loss = _steep_loss(answer, steep)
        _name_infinite(loss, steep.logits, steep.name)
        odd += [(steep, number(loss))] if not is_plausible(number(loss, "loss"), steep.right) else []
    if odd:
        steep, loss = odd[0]
        blocked(
            "where {name}, your loss is {loss}, and {right} is right", name=steep.name, loss=loss, right=steep.right
        )
    require_loss(answer, number(plain, "loss"), logits, targets)


def _steep_loss(answer: Answer, steep: Steep) -> object:
    try:
        return answer(steep.logits, steep.targets)
    except Raised as fault:
        if fault.type_name not in MATH_ERRORS:
            raise
        # An exception that calm scores of the same shape raise as well has another cause.
        number(answer(steep.logits / 5000, steep.targets), "loss")
        mistake(
            "Where {name}, your function raises {fault}; the logits are {logits}.",
            name=steep.name,
            fault=str(fault),
            logits=steep.logits,
            explains=fault,
        )


def _name_infinite(loss: object, logits: np.ndarray, name: str) -> None:
    values = loss.astype(np.float64) if isinstance(loss, np.ndarray) else np.array(number(loss, "loss"))
    if not np.isfinite(values).all():
        mistake(
            "Your loss is {loss} where {name}; every logit is finite: {logits}.",
            loss=float(values[~np.isfinite(values)][0]),
            name=name,
            logits=logits,
        )


@shows("3.12", "cross_entropy")
def test_the_loss_is_the_mean_over_the_batch_in_nats(answer: Answer, rng: Rng) -> None:
    """If every row of a batch stands there twice, what should become of the loss?"""
    sizes = ((1, 5), (3, 4), (4, 7), (6, 20))
    batches = [plain_batch(rng, *size) for size in sizes]
    losses = [number(answer(*batch), "loss") for batch in batches]
    rights = [mean_loss(*batch) for batch in batches]
    if all_close(losses, rights):
        return
    for said, factor in FACTORS:
        if all_close(losses, [right * factor(*size) for right, size in zip(rights, sizes, strict=True)]):
            require_finite_loss(answer)
            mistake(
                "For {rows:row} of {words} words your loss is {loss}, and {right} is right; for {more:row} of {longer} "
                "words it is {another}, and {other} is right. " + said,
                rows=sizes[1][0],
                words=sizes[1][1],
                loss=losses[1],
                more=sizes[3][0],
                longer=sizes[3][1],
                another=losses[3],
                right=rights[1],
                other=rights[3],
            )
    worst = int(np.argmax(np.abs(np.array(losses) - rights)))
    blocked(
        "your loss is {loss} where {right} is right, and no factor explains it", loss=losses[worst], right=rights[worst]
    )


@general("cross_entropy")
def test_cross_entropy_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """A model gives the target a quarter of the probability: what is the loss in nats?"""
    quarter = np.array([[0.0, np.log(3.0)]]), np.array([0])
    compare_loss(answer, expected, *quarter)
    for rows, words in ((1, 3), (2, 2), (4, 6), (5, 5), (32, 7), (3, 20), (1, 3)):
        compare_loss(answer, expected, *plain_batch(rng, rows, words))
    for logits, targets in (quarter, plain_batch(rng, 3, 4), plain_batch(rng, 6, 18)):
        compare_loss(answer, expected, by_column(logits.astype(np.float32)), targets)
    # The best word is not the target.
    compare_loss(answer, expected, np.array([[0.0, 5.75, -4.0], [6.5, 0.25, 0.0]]), np.array([0, 2]))
    for steep in STEEP:
        compare_loss(answer, expected, steep.logits, steep.targets)
