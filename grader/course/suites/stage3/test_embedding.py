"""Word vectors: the gradient of their table, their contexts, and their scale."""

import itertools
from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, by_column, close, is_constant
from grader.course.suites.stage3._batches import require_flat_contexts, require_one_row_per_context
from grader.course.suites.stage3._columns import compare_columns, scaled_table
from grader.course.suites.stage3._probe import Case, attempt, contexts

VOCAB, WIDTH = 11, 4

# Tokens at their places: two neighbours, two in one column, three here and there, four, and single ones (0 too).
SENTENCES = ([[1, 1, 2, 3, 4], [0, 5, 2, 6, 7], [3, 7, 8, 7, 3], [7, 9, 10, 4, 11]], [[5, 2, 0, 5, 5, 1, 2]])


@shows("3.2", "embedding_backward")
def test_every_occurrence_of_a_token_counts(answer: Answer, rng: Rng) -> None:
    """A token that stands at three places changes the loss at three places: what is its gradient?"""
    for sentences in SENTENCES:
        token_ids = np.array(sentences)
        renamed = np.append(0, 1 + rng.permutation(14))[token_ids]
        pieces = _distinct_sums(rng, renamed)
        returned = answer(pieces, renamed, 15)
        array(returned, (15, 3), "gradient")
        scale = _scale_of_single_tokens(returned, pieces, renamed)
        for token in (int(t) for t in np.unique(renamed) if (renamed == t).sum() > 1):
            _require_full_sum(returned[token], pieces[renamed == token], scale, token)


def _distinct_sums(rng: Rng, token_ids: np.ndarray) -> np.ndarray:
    """Gradients [B, T, 3] whose sums over any two sets of a token's places differ: 0.5, 1, 2, 4 in feature 0."""
    pieces: np.ndarray = rng.uniform(0.5, 3.0, (*token_ids.shape, 3)) * rng.choice([-1, 1], (*token_ids.shape, 3))
    for token in np.unique(token_ids):
        count = int((token_ids == token).sum())
        pieces[token_ids == token, 0] = rng.permutation(0.5 * 2.0 ** np.arange(count)) * rng.choice([-1, 1])
    return pieces


def _subsets(pieces: np.ndarray) -> list[tuple[np.ndarray, ...]]:
    return [s for n in range(len(pieces) + 1) for s in itertools.combinations(pieces, n)]


def _scale_of_single_tokens(returned: np.ndarray, pieces: np.ndarray, token_ids: np.ndarray) -> float:
    """By what factor the gradients of tokens that stand at one place arrive: 1 where all is right."""
    singles = [int(t) for t in np.unique(token_ids) if (token_ids == t).sum() == 1]
    want = np.array([pieces[token_ids == t][0] for t in singles])
    got = returned[singles]
    scale = float((got.astype(np.float64) * want).sum() / (want * want).sum())
    if abs(scale) < 1e-3 or not close(got, scale * want):
        blocked("even a token that stands at one place does not get the gradient of that place")
    return scale


def _require_full_sum(row: np.ndarray, pieces: np.ndarray, scale: float, token: int) -> None:
    """The row of a token holds the sum of its pieces [n, 3], at the scale at which single ones arrive."""
    if close(row, scale * pieces.sum(axis=0)):
        return
    seen: dict[str, Any] = {"token": token, "places": len(pieces), "got": float(row[0])}
    part = next((part for part in _subsets(pieces)[:-1] if close(row, scale * sum(part, np.zeros(3)))), None)
    if part is None:
        blocked("the row of token {token}, which stands at {places:place}, is not a sum of their gradients", **seen)
    kept = {0: "none of them", 1: "one of them"}.get(len(part), "the sum of {kept} of them")
    scaled = (
        "" if close(scale, 1.0) else ", times {scale}. A token that stands once gets its gradient times {scale} too"
    )
    mistake(
        "In feature 0 the gradients of token {token} at its {places:place} are {gradients}, and their sum is {total}. "
        f"Its row of your result holds {{got}}: {kept}{scaled}.",
        **seen,
        gradients=pieces[:, 0],
        total=float(pieces[:, 0].sum()),
        kept=len(part),
        scale=scale,
    )


@general("embedding_backward")
def test_embedding_backward_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take one token at two places: which row of the table gets what?"""
    sizes = (
        (1, 1, 1, 2),
        (1, 2, 2, 3),
        (2, 1, 3, 5),
        (3, 3, 3, 3),
        (4, 5, 2, 30),
        (32, 3, 4, 6),
        (2, 18, 20, 9),
        (1, 2, 2, 3),
    )
    for scale, (batch, length, width, vocab_size) in zip(itertools.cycle((1, 8)), sizes, strict=False):
        token_ids = rng.integers(0, vocab_size, (batch, length))
        expected.compare(answer, scale * rng.normal(size=(batch, length, width)), token_ids, vocab_size)
    same = np.full((2, 3), 4)
    expected.compare(answer, rng.normal(size=(2, 3, 2)), same, 5)
    expected.compare(answer, rng.normal(size=(2, 3, 2)), same * 0, 5)
    some = rng.permutation([0, 1, 6, 6, 3, 1, 0, 6]).reshape(2, 4)
    expected.compare(answer, 4 * rng.normal(size=(2, 4, 3)).astype(np.float32), some, 7)


def _lookup(rng: Rng, batch: int, words: int) -> Case:
    table = rng.normal(size=(VOCAB, WIDTH))
    ids = contexts(rng, batch, words, VOCAB)
    return Case((table, ids), (table[ids].reshape(batch, -1),))


@shows("3.4", "embed_context")
def test_the_words_of_a_context_stand_side_by_side(answer: Answer, rng: Rng) -> None:
    """Three words of four features each: how many numbers does the next layer need to tell them apart?"""
    require_flat_contexts(answer, lambda batch, words: _lookup(rng, batch, words), _words_are_kept_apart, _is_reordered)


def _words_are_kept_apart(answer: Answer, maker: object) -> bool:
    """Whether a context of three words gives what the three words give alone, side by side."""
    table, words = np.random.default_rng(1).normal(size=(VOCAB, WIDTH)), np.array([[2, 7, 5]])
    results = [answer(table, ids) for ids in (words.T, words, words[:, ::-1].copy())]
    if not all(isinstance(one, np.ndarray) and one.size == 3 * WIDTH for one in results):
        return False
    alone, together, back = results
    parts = alone.reshape(3, WIDTH)
    return together.shape in ((1, 3 * WIDTH), (3 * WIDTH,)) and (
        close(together.ravel(), parts.ravel())
        and close(back.ravel(), parts[::-1].ravel())
        and not close(parts[0], parts[2])
    )


def _is_reordered(answer: Answer, words: int) -> bool:
    """Whether one row holds all numbers of a context's word vectors, each once, in whatever order."""
    rng = np.random.default_rng(words)
    case = _lookup(rng, 1, words)
    result, (right,) = attempt(answer, case).result, case.rights
    return isinstance(result, np.ndarray) and result.shape == right.shape and close(np.sort(result), np.sort(right))


@shows("3.10", "embed_context")
def test_every_batch_size_gives_a_row_per_context(answer: Answer, rng: Rng) -> None:
    """Which number in your code stands for the size of the batch, and where does it come from?"""
    require_one_row_per_context(answer, lambda batch, words: _lookup(rng, batch, words))


@general("embed_context")
def test_embed_context_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take a table of three words with two features: what does the context [2, 0] become?"""
    sizes = (
        (1, 1, 1, 2),
        (1, 2, 2, 3),
        (2, 1, 3, 4),
        (2, 3, 2, 5),
        (3, 3, 3, 3),
        (7, 4, 5, 9),
        (32, 2, 3, 6),
        (2, 17, 18, 20),
        (5, 5, 1, 8),
        (1, 2, 2, 3),
    )
    for scale, (batch, words, width, vocab_size) in zip(itertools.cycle((1, 8)), sizes, strict=False):
        table = scale * rng.normal(size=(vocab_size, width))
        expected.compare(answer, table, rng.integers(0, vocab_size, (batch, words)))
    ids = np.array([[0, 4], [4, 3], [2, 2]], dtype=np.int32)
    expected.compare(answer, 4 * rng.normal(size=(5, 3)).astype(np.float32), ids)


@shows("3.8", "normalize_embeddings")
def test_each_column_has_mean_0_and_std_1(answer: Answer, rng: Rng) -> None:
    """What is taken from a column, and what is it divided by, so that it gets mean 0 and standard deviation 1?"""
    for rows, width in ((256, 5), (300, 3)):
        table = scaled_table(rng, rows, width)
        result = array(answer(table), (rows, width), "table")
        if is_constant(result):
            blocked("all your numbers are the same, whatever the table holds")
        means, stds = result.mean(axis=0), result.std(axis=0)
        off = np.maximum(np.abs(means), np.abs(stds - 1))
        if off.max() > 0.02:
            column = int(np.argmax(off))
            mistake(
                "Column {column} of your result has mean {mean} and standard deviation {std} over {rows} words, where "
                "0 and 1 are asked for. In the table it had mean {before} and standard deviation {spread}.",
                column=column,
                mean=_without_noise(means[column]),
                std=_without_noise(stds[column]),
                rows=rows,
                before=float(table[:, column].mean()),
                spread=float(table[:, column].std()),
            )
        turned = array(answer(table[::-1].copy()), (rows, width), "table")
        if np.abs(turned[::-1] - result).max() > 0.02:
            blocked("your columns are well scaled, but the rows of your result do not follow those of the table")


def _without_noise(value: float) -> float:
    """A mean of standardised numbers, where what rounding left of a zero is a zero."""
    return 0.0 if abs(value) < 1e-9 else float(value)


@general("normalize_embeddings")
def test_normalize_embeddings_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take a column of 1 and 3, and one of 7 and 7: what must become of each?"""
    compare_columns(answer, expected, scaled_table(rng, 256, 1))
    compare_columns(answer, expected, by_column(scaled_table(rng, 300, 4)))
    for places in ((0,), (1, 3), (0, 1, 2, 3)):
        table = scaled_table(rng, 256, 4)
        table[:, places] = rng.permutation([-3.0, 0.0, 7.5, 64.0])[: len(places)]
        compare_columns(answer, expected, table)
    compare_columns(answer, expected, scaled_table(rng, 257, 18, farthest=12.0))
    compare_columns(answer, expected, scaled_table(rng, 256, 3, farthest=12.0).astype(np.float32))
    compare_columns(answer, expected, np.rint(3 * scaled_table(rng, 256, 2)))
    compare_columns(answer, expected, scaled_table(rng, 256, 1))
