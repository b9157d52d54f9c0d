"""Word vectors: the gradient of their table, their contexts, and their scale."""

import itertools

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import array, close, is_constant, name_of, shape_text, tolerance
from grader.course.suites.stage3._batches import require_flat_contexts, require_one_row_per_context
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
            _require_full_sum(returned[token], scale * pieces[renamed == token], token)


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


def _require_full_sum(row: np.ndarray, pieces: np.ndarray, token: int) -> None:
    total = pieces.sum(axis=0)
    if close(row, total):
        return
    for part in _subsets(pieces)[:-1]:
        if close(row, sum(part, np.zeros(3))):
            mistake(
                f"Token {token} stands at {len(pieces)} places whose gradients sum to {total[0]:.2f} in feature 0; "
                f"its row of your gradient holds {row[0]:.2f}, which is {len(part)} of the {len(pieces)}."
            )
    blocked(f"the gradient of token {token}, which stands at {len(pieces)} places, is no sum of theirs")


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
        (1, 2, 2, 3),
    )
    for batch, length, width, vocab_size in sizes:
        token_ids = rng.integers(0, vocab_size, (batch, length))
        expected.compare(answer, rng.normal(size=(batch, length, width)), token_ids, vocab_size)
    same = np.full((2, 3), 4)
    expected.compare(answer, rng.normal(size=(2, 3, 2)), same, 5)
    expected.compare(answer, rng.normal(size=(2, 3, 2)), same * 0, 5)
    expected.compare(answer, rng.normal(size=(2, 4, 3)).astype(np.float32), rng.integers(0, 3, (2, 4)), 7)


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
    )
    for batch, words, width, vocab_size in (*sizes, (5, 5, 1, 8), (1, 2, 2, 3)):
        expected.compare(answer, rng.normal(size=(vocab_size, width)), rng.integers(0, vocab_size, (batch, words)))
    ids = np.array([[0, 4], [4, 3], [2, 2]], dtype=np.int32)
    expected.compare(answer, rng.normal(size=(5, 3)).astype(np.float32), ids)


def _table(rng: Rng, rows: int, width: int) -> np.ndarray:
    """A table [V, D] whose columns have means and stds of their own, none near 0 or 1."""
    standard = rng.normal(size=(rows, width))
    standard = (standard - standard.mean(axis=0)) / standard.std(axis=0)
    spreads = rng.permutation(np.resize([0.5, 2.5, 5.0, 0.7, 4.0], width))
    table: np.ndarray = (standard + rng.choice([-1, 1], width) * rng.uniform(0.5, 2.0, width)) * spreads
    return table


@shows("3.8", "normalize_embeddings")
def test_each_column_has_mean_0_and_std_1(answer: Answer, rng: Rng) -> None:
    """Look at one feature over all words: what are its mean and its standard deviation in your result?"""
    for rows, width in ((256, 5), (300, 3)):
        table = _table(rng, rows, width)
        result = array(answer(table), (rows, width), "table")
        if is_constant(result):
            blocked("all your numbers are the same, whatever the table holds")
        means, stds = result.mean(axis=0), result.std(axis=0)
        off = np.maximum(np.abs(means), np.abs(stds - 1))
        if off.max() > 0.02:
            worst = int(np.argmax(off))
            mistake(
                f"Column {worst} of your result has mean {means[worst]:.3g} and standard deviation {stds[worst]:.3g} "
                f"over {rows} words (before: {table[:, worst].mean():.3g} and {table[:, worst].std():.3g})."
            )
        turned = array(answer(table[::-1].copy()), (rows, width), "table")
        if np.abs(turned[::-1] - result).max() > 0.02:
            blocked("your columns are well scaled, but the rows of your result do not follow those of the table")


@general("normalize_embeddings")
def test_normalize_embeddings_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take a column of 1 and 3, and one of 7 and 7: what must become of each?"""
    _compare_columns(answer, expected, _table(rng, 256, 1))
    _compare_columns(answer, expected, _table(rng, 300, 4))
    for places in ((0,), (1, 3), (0, 1, 2, 3)):
        table = _table(rng, 256, 4)
        table[:, places] = rng.permutation([-3.0, 0.0, 7.5, 64.0])[: len(places)]
        _compare_columns(answer, expected, table)
    _compare_columns(answer, expected, _table(rng, 256, 3).astype(np.float32))
    _compare_columns(answer, expected, _table(rng, 256, 1))


def _compare_columns(answer: Answer, expected: Expected, table: np.ndarray) -> None:
    """Compare up to 2% of a column's scale, so that either ddof will do; constant columns must be zeros."""
    right, returned = np.asarray(expected(table)), answer(table)
    if not isinstance(returned, np.ndarray) or returned.shape != right.shape:
        wrong(f"your result is {name_of(returned)} where an array of shape {shape_text(right)} is asked")
    got = returned.astype(np.float64)
    if not np.isfinite(got).all():
        row, column = (int(i) for i in np.argwhere(~np.isfinite(got))[0])
        wrong(f"column {column} of your result holds {got[row, column]}; {_was(table, column)}")
    scale = np.where(right.std(axis=0) > 0.5, (got * right).mean(axis=0), 1.0)
    shift = got.mean(axis=0)
    rest = np.abs(got - shift - right * scale).max(axis=0)
    off = np.maximum.reduce([np.abs(shift), np.abs(scale - 1), rest / (5 + 500 * tolerance(returned))])
    if off.max() > 0.02:
        column = int(np.argmax(off))
        row = int(np.argmax(np.abs(got[:, column] - right[:, column])))
        place = f"your result at [{row}, {column}] is {got[row, column]:.4g}"
        wrong(f"{place} where {right[row, column]:.4g} is right; {_was(table, column)}")


def _was(table: np.ndarray, column: int) -> str:
    values = table[:, column]
    if np.ptp(values) == 0:
        return f"that column of the table is {values[0]:g} throughout and must become zeros"
    return f"that column of the table has mean {values.mean():.3g} and standard deviation {values.std():.3g}"
