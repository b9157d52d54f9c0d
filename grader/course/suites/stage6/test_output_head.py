"""Both ends of the model: one table for embedding and scoring, and a norm before the scores."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import by_column, close, name_of, shape_text, softmax, tolerance
from grader.course.suites.stage6._probe import misuse, norm, require_draws, rng_problem, sublayer, three_draws
from grader.course.suites.stage6._scoring import Model, as_scores, share_left

TABLE = "token_embedding"
SIZES = ((19, 7), (5, 18))


@shows("6.4", "init_embeddings")
def test_there_is_one_table_of_embeddings(answer: Answer, rng: Rng) -> None:
    """Which array that is there already could score the tokens, so that no second one has to be learned?"""
    for sizes in SIZES:
        draws = three_draws(answer, rng, *sizes)
        table = draws[0].get(TABLE) if isinstance(draws[0], dict) else None
        if not isinstance(table, np.ndarray) or table.size != sizes[0] * sizes[1]:
            blocked(f'your result holds no "{TABLE}" of V · D numbers that the scores could share')
        problem = _second_table(draws[0], sizes)
        if problem:
            mistake(
                f"For V = {sizes[0]} and D = {sizes[1]}, {problem}.",
                held=2 * sizes[0] * sizes[1],
                needed=sizes[0] * sizes[1],
                sizes=sizes,
            )
        require_draws(draws, TABLE)
        if not np.isfinite(table).all() or np.ptp(table.astype(np.float64)) == 0:
            blocked(f'"{TABLE}" holds NaN, infinities or the same number everywhere')


def _second_table(params: dict[str, Any], sizes: tuple[int, int]) -> str:
    """The untied array, in words, or "" where every array of V·D numbers is the table."""
    table, needed = params[TABLE], sizes[0] * sizes[1]
    for name, other in _arrays(params):
        if other.size == needed and name != TABLE and not _is_table(other, table):
            return (
                f"you hold {2 * needed} numbers where {needed} are needed, "
                f'and "{name}" of shape {shape_text(other)} holds other numbers than "{TABLE}"'
            )
    return ""


def _arrays(value: Any, name: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """All arrays in nested dicts and lists, by name; rows of numbers in lists are an array as well."""
    rows = _as_array(value) if isinstance(value, list) else value
    if isinstance(rows, np.ndarray):
        yield name, rows
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _arrays(item, f"{name}/{key}" if name else str(key))


def _is_table(other: np.ndarray, table: np.ndarray) -> bool:
    """Whether an array could be a view of the table or a copy: the same numbers, forwards or backwards."""
    coarse = other if tolerance(other) >= tolerance(table) else table
    fine = table if coarse is other else other
    views = (fine, fine[::-1], fine[..., ::-1], np.flip(fine))
    return any(close(coarse.ravel(), v.ravel()) or close(coarse.ravel(), v.T.ravel()) for v in views)


def _as_array(rows: list[Any]) -> np.ndarray | None:
    """Rows of real numbers as an array, if they are that and nothing else."""
    if rows and all(isinstance(row, np.ndarray) and row.ndim == 1 and row.shape == rows[0].shape for row in rows):
        return np.stack(rows)
    try:
        return np.asarray(rows, dtype=np.float64) if _holds_numbers_only(rows) else None
    except (ValueError, OverflowError):
        return None


def _holds_numbers_only(rows: list[Any]) -> bool:
    return all(_holds_numbers_only(r) if isinstance(r, list) else isinstance(r, int | float) for r in rows)


@general("init_embeddings")
def test_table_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """What shape must the table have so that table[token_ids] gives a row of D features for every token?"""
    for sizes in ((3, 4), *SIZES):
        draws = three_draws(answer, rng, *sizes)
        table = draws[0].get(TABLE) if isinstance(draws[0], dict) else draws[0]
        where = f"For V = {sizes[0]} and D = {sizes[1]}"
        if not isinstance(draws[0], dict) or not isinstance(table, np.ndarray) or table.shape != sizes:
            held = f'"{TABLE}" is {name_of(table)}' if isinstance(draws[0], dict) else f"you return {name_of(table)}"
            wrong(f'{where}, {held}; a dict with "{TABLE}" of shape {shape_text(sizes)} is asked for.')
        if not np.isfinite(table).all() or _distinct(table) <= sizes[0] // 2 or _distinct(table.T) <= sizes[1] // 2:
            wrong(f"{where}, your table holds NaN, infinities or too many equal rows or columns.")
        problem = rng_problem(TABLE, draws) or _second_table(draws[0], sizes)
        if problem:
            wrong(f"{where}: {problem}.")


def _distinct(rows: np.ndarray) -> int:
    """How many rows differ from each other."""
    return len(np.unique(rows, axis=0))


@shows("6.4", "gpt_logits")
def test_scores_follow_the_table(answer: Answer, rng: Rng) -> None:
    """If row 3 of the table changes, which scores should change with it?"""
    model = Model(answer, rng)
    first, again, other = model.logits(), model.logits(), model.logits(model.other_table)
    _require_variety(first)
    if not close(again, first):
        _blame_drawn_matrix(model, first)
        blocked("the same arguments give different scores on each call")
    if close(model.logits(x=-model.x), first):
        blocked("your scores do not depend on x")
    if close(other, first):
        mistake(
            "Another table gave the same scores. Row {token} of the table went from {before} to {after}, "
            "and the score of token {token} at [0, 0] stayed {score}.",
            token=3,
            before=np.round(model.table[3], 3),
            after=np.round(model.other_table[3], 3),
            score=float(first[0, 0, 3]),
        )
    changed = model.table.copy()
    changed[3] = model.other_table[3]
    before, after = (as_scores(value)[0].astype(first.dtype) for value in (first, model.logits(changed)))
    still = [token for token in range(7) if token != 3]
    if not close(after[..., still], before[..., still]):
        blocked("a change of row 3 of the table changed the scores of other tokens, too")
    if close(after[..., 3], before[..., 3]):
        blocked("a change of row 3 of the table did not change the scores of token 3")


def _require_variety(logits: np.ndarray) -> None:
    scores = logits.astype(np.float64)
    if np.ptp(scores) <= 1e-9 or (np.ptp(scores, axis=(0, 1)) <= 1e-9).all():
        blocked("your scores are the same everywhere")


def _blame_drawn_matrix(model: Model, logits: np.ndarray) -> None:
    """Scores that change with every call may still be the stream times a matrix, drawn anew each time."""
    stream, normed = model.streams()
    for features in (normed, stream):
        if share_left(logits, features) <= 3 * tolerance(logits):
            drawn = np.linalg.lstsq(features, logits.reshape(-1, 7).astype(np.float64), rcond=None)[0]
            mistake(
                "Your scores are the stream times a matrix that changes from call to call. Its first number was "
                "{drawn}, and the first number of the table is {table}.",
                drawn=float(drawn[0, 0]),
                table=float(model.table[0, 0]),
            )


@shows("6.6", "gpt_logits")
def test_stream_is_normalised_before_it_is_scored(answer: Answer, rng: Rng) -> None:
    """If the output of the last block were nine times as large, how should the scores change?"""
    model = Model(answer, rng)
    loudness = (1.0, 3.0, 9.0)
    values = [model.logits(scale=scale) for scale in loudness]
    _require_variety(values[0])
    if close(values[2], values[0]) and close(values[1], values[0]):
        if close(model.logits(gain=3.0), values[0]):
            blocked("your scores do not depend on final_norm")
        return
    (quiet, what), (middle, _), (loud, _) = (as_scores(value) for value in values)
    slope = (loud - quiet) / (loudness[2] - loudness[0])
    off = np.abs(quiet + (loudness[1] - loudness[0]) * slope - middle).max()
    if off <= 3 * max(tolerance(value) for value in values) * np.abs(loud).max():
        before, after = (float(np.abs(scores).mean()) for scores in (quiet, loud))
        mistake(
            f"The output of the last block was made {{louder:times}} as large, and {what} grew from {{before}} to "
            "{after} on average, signs aside. After a norm they would not grow.",
            louder=loudness[2] / loudness[0],
            before=before,
            after=after,
        )
    stream, normed = model.streams()
    if share_left(quiet, stream) < 3 * tolerance(values[0]) < 10 * tolerance(values[0]) < share_left(quiet, normed):
        mistake("Your scores are the output of the last block times a matrix. The output of final_norm is not used.")
    blocked("your scores change with the size of the stream, but in no known way")


@shows("6.15", "gpt_logits")
def test_scores_are_no_probabilities(answer: Answer, rng: Rng) -> None:
    """What do the scores of one position sum to, and what may a score be that a probability may not?"""
    model = Model(answer, rng)
    value = model.logits()
    right = (model.streams()[1] @ model.table.T).reshape(value.shape)
    if close(value, right):
        return
    if close(value, softmax(right)):
        mistake(
            "Your scores at [0, 0] sum to {total}, and so do those of every position: they are the softmax of the "
            "logits. Token {token} has the score {got} there and the logit {logit}.",
            total=float(value[0, 0].sum(dtype=np.float64)),
            token=3,
            got=float(value[0, 0, 3]),
            logit=float(right[0, 0, 3]),
        )
    if close(value, np.log(softmax(right))):
        mistake(
            "The exponentials of your scores at [0, 0] sum to {total}, and so do those of every position: the scores "
            "are the log-softmax of the logits. Token {token} has the score {got} there and the logit {logit}.",
            total=float(np.exp(value[0, 0].astype(np.float64)).sum()),
            token=3,
            got=float(value[0, 0, 3]),
            logit=float(right[0, 0, 3]),
        )
    blocked("your scores are neither the logits nor their softmax or log-softmax")


@general("gpt_logits")
def test_logits_are_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Follow one token: through which layers does it go, in which order, and what is it compared with at the end?"""
    cases = (
        (1, 1, 2, 3, 1),
        (1, 3, 5, 5, 2),
        (2, 3, 4, 7, 2),
        (3, 2, 6, 4, 3),
        (4, 4, 4, 4, 2),
        (18, 1, 3, 1, 1),
        (2, 2, 1, 3, 1),
        (5, 17, 18, 19, 1),
        (1, 1, 2, 3, 1),
    )
    for number, (batch, length, width, vocabulary, n_blocks) in enumerate(cases):
        blocks = [sublayer(rng, f"blocks[{i}]") for i in range(n_blocks)]
        final, table = norm(rng, "final_norm"), rng.normal(scale=vocabulary, size=(vocabulary, width))
        x = rng.normal(size=(batch, length, width))
        x = by_column(x.astype(np.float32) if number == 3 else x)
        value = answer(x, blocks, final, table)
        problem = misuse(*blocks, final)
        right = expected(x, blocks, final, table)
        if problem:
            wrong(f"For x of shape {shape_text(x)}, {problem}.")
        expected.judge(value, right, {"x": x, TABLE: table})
