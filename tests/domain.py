"""What each exercise may be asked: random arguments that the contract allows, awkward ones among them.

And when two results of an exercise are the same as far as the contract can tell: masks by what softmax makes of them,
random weights by their size, everything else number by number. Measured here without any check of a suite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise, Stage
from grader.course.measure import by_column, close

Rng = np.random.Generator
Maker = Callable[[Rng], tuple[Any, ...]]
SIZES = (1, 2, 3, 4, 5, 6, 8, 9, 12, 17, 20)


def size(rng: Rng, most: int = 20) -> int:
    """A length of an axis."""
    return int(rng.choice([n for n in SIZES if n <= most]))


def numbers(rng: Rng, *shape: int) -> np.ndarray:
    """Real numbers of one kind: usual, large, whole, positive, or in single precision."""
    usual = rng.normal(size=shape)
    kinds = [usual, usual, usual * 6, np.rint(usual * 4), np.abs(np.rint(usual * 4)) + 1, usual.astype(np.float32)]
    result: np.ndarray = kinds[rng.integers(len(kinds))]
    return result


def small(rng: Rng, *shape: int) -> np.ndarray:
    """Numbers whose products are scores of ordinary size."""
    usual = rng.normal(size=shape) / max(1.0, np.sqrt(shape[-1]) / 3)
    kinds = [usual, usual, np.rint(usual * 2), np.abs(usual), usual.astype(np.float32)]
    result: np.ndarray = kinds[rng.integers(len(kinds))]
    return result


def open_mask(rng: Rng, *shape: int) -> np.ndarray:
    """A mask of 0 and -inf with something open in every row."""
    closed = rng.random(shape) < 0.4
    closed[np.arange(shape[-1]) == rng.integers(shape[-1], size=(*shape[:-1], 1))] = False
    return np.where(closed, -np.inf, 0.0)


def _softmax(rng: Rng) -> tuple[Any, ...]:
    return (numbers(rng, size(rng), size(rng)),)


def _embedding_backward(rng: Rng) -> tuple[Any, ...]:
    batch, length, width, vocab = size(rng, 9), size(rng, 9), size(rng), size(rng)
    return numbers(rng, batch, length, width), rng.integers(0, vocab, (batch, length)), vocab


def _embed_context(rng: Rng) -> tuple[Any, ...]:
    vocab = size(rng)
    return numbers(rng, vocab, size(rng)), rng.integers(0, vocab, (size(rng), size(rng, 9)))


def _normalize_embeddings(rng: Rng) -> tuple[Any, ...]:
    rows, width = int(rng.integers(256, 400)), size(rng)
    table = rng.normal(size=(rows, width)) * rng.uniform(0.6, 4, width) + rng.integers(-3, 4, width)
    table = [table, np.rint(table * 3), np.exp(table / 3) * 3, table.astype(np.float32)][rng.integers(4)]
    table[:, np.flatnonzero(table.std(axis=0) < 0.5)] = 2.0
    return (table,)


def _linear(rng: Rng) -> tuple[Any, ...]:
    inputs, outputs = size(rng), size(rng)
    return numbers(rng, size(rng), inputs), numbers(rng, inputs, outputs), numbers(rng, outputs)


def _init_weights(rng: Rng) -> tuple[Any, ...]:
    fans = [int(n) for n in rng.choice([30, 51, 64, 101, 200], 2, replace=False)]
    return np.random.default_rng(int(rng.integers(999))), *fans, str(rng.choice(["tanh", "relu"]))


def _any_shape(rng: Rng) -> tuple[int, ...]:
    return tuple(size(rng) for _ in range(rng.integers(1, 4)))


def _slope(rng: Rng) -> tuple[float, ...]:
    return tuple(float(s) for s in rng.choice([0.01, 0.1, 0.5], rng.integers(2)))


def _leaky_relu(rng: Rng) -> tuple[Any, ...]:
    x = numbers(rng, *_any_shape(rng))
    return (np.where(x == 0, x.dtype.type(1), x), *_slope(rng))


def _leaky_relu_backward(rng: Rng) -> tuple[Any, ...]:
    x, *slope = _leaky_relu(rng)
    return numbers(rng, *x.shape), x, *slope


def _mlp_forward(rng: Rng) -> tuple[Any, ...]:
    vocab, width, words, hidden = size(rng), size(rng, 9), size(rng, 4), size(rng)
    table, b1 = small(rng, vocab, width), small(rng, hidden)
    w1, w2 = small(rng, words * width, hidden), small(rng, hidden, vocab)
    return rng.integers(0, vocab, (size(rng), words)), table, w1, b1, w2, numbers(rng, vocab)


def _scores_and_targets(rng: Rng) -> tuple[Any, ...]:
    batch, vocab = size(rng), size(rng)
    return small(rng, batch, vocab), rng.integers(0, vocab, batch)


def _held_out_perplexity(rng: Rng) -> tuple[Any, ...]:
    """A model whose perplexity follows what it was trained on last, and forgets it once it has told."""
    value, trained = float(rng.uniform(1.5, 40)), [0.0]

    def fit(part: np.ndarray) -> None:
        trained[0] = float(len(part)) + float(np.sum(part)) / 97

    def perplexity(part: np.ndarray) -> float:
        known, trained[0] = trained[0], 0.0
        return value + known + len(part) / 7

    if rng.random() < 0.3:
        return fit, perplexity, rng.permutation(20 * int(rng.integers(1, 4)))
    tokens = rng.permutation(4 * size(rng)) + int(rng.integers(3))
    return fit, perplexity, tokens, float(rng.choice([0.25, 0.5, 0.75]))


def _scaled_attention(rng: Rng) -> tuple[Any, ...]:
    lead = tuple(size(rng, 5) for _ in range(rng.integers(0, 3)))
    queries, keys, d_k, d_v = (size(rng) for _ in range(4))
    found = small(rng, *lead, queries, d_k), small(rng, *lead, keys, d_k), numbers(rng, *lead, keys, d_v)
    return (*found, open_mask(rng, queries, keys)) if rng.random() < 0.5 else found


def _causal_self_attention(rng: Rng) -> tuple[Any, ...]:
    width, d_k = size(rng), size(rng)
    weights = [small(rng, width, d_k) / np.sqrt(width) for _ in range(3)]
    return small(rng, size(rng, 6), size(rng), width), *weights


def _split_heads(rng: Rng) -> tuple[Any, ...]:
    """Now and then a number of heads that does not divide the features (a ValueError is asked)."""
    heads = size(rng, 6)
    rest = int(rng.integers(1, heads)) if heads > 1 and rng.random() < 0.1 else 0
    return numbers(rng, size(rng, 9), size(rng), heads * size(rng, 6) + rest), heads


def _merge_heads(rng: Rng) -> tuple[Any, ...]:
    return (numbers(rng, size(rng, 9), size(rng, 9), size(rng), size(rng)),)


def _add_positions(rng: Rng) -> tuple[Any, ...]:
    length, width = size(rng), size(rng)
    return numbers(rng, size(rng), length, width), numbers(rng, length + int(rng.integers(4)), width)


def _update_kv_cache(rng: Rng) -> tuple[Any, ...]:
    batch, width, new = size(rng, 9), size(rng), size(rng, 9)
    old = [numbers(rng, batch, n, width) for n in [size(rng)] * 2] if rng.random() < 0.8 else [None, None]
    return *old, numbers(rng, batch, new, width), numbers(rng, batch, new, width)


def _layer_norm(rng: Rng) -> tuple[Any, ...]:
    width = size(rng)
    shape = (*(size(rng, 9) for _ in range(rng.integers(0, 3))), width)
    eps = () if rng.random() < 0.6 else (float(rng.choice([1e-5, 0.1, 0.5])),)
    return numbers(rng, *shape), numbers(rng, width), numbers(rng, width), *eps


def _layer(rng: Rng, width: int) -> Callable[[np.ndarray], np.ndarray]:
    turn, shift = rng.normal(size=(width, width)) / np.sqrt(width), rng.normal(size=width) / 3
    return lambda x: np.tanh(x @ turn + shift)


def _transformer_block(rng: Rng) -> tuple[Any, ...]:
    width = size(rng)
    return numbers(rng, size(rng, 9), size(rng), width), *(_layer(rng, width) for _ in range(4))


def _init_feed_forward(rng: Rng) -> tuple[Any, ...]:
    return np.random.default_rng(int(rng.integers(999))), int(rng.choice([8, 9, 12, 15, 20, 33]))


def _init_embeddings(rng: Rng) -> tuple[Any, ...]:
    return np.random.default_rng(int(rng.integers(999))), *(int(n) for n in rng.choice([9, 12, 15, 20, 33], 2))


def _gpt_logits(rng: Rng) -> tuple[Any, ...]:
    width = size(rng)
    blocks = [_layer(rng, width) for _ in range(rng.integers(0, 4))]
    return numbers(rng, size(rng, 6), size(rng), width), blocks, _layer(rng, width), numbers(rng, size(rng), width)


def _padding_mask(rng: Rng) -> tuple[Any, ...]:
    longest = size(rng)
    return rng.integers(1, longest + 1, size(rng)), longest


def _choose_vocab_size(rng: Rng) -> tuple[Any, ...]:
    """Also a rate that is met exactly, and now and then one that no candidate meets (a ValueError is asked)."""
    counts = np.maximum(1, np.rint(rng.pareto(1.0, int(rng.choice([40, 41, 55]))) * 9)).astype(int)
    candidates = [int(n) for n in rng.permutation([5, 9, 16, 17, 25, *([len(counts)] if rng.random() < 0.9 else [])])]
    met = float(np.sort(counts)[::-1][int(rng.choice(candidates)) :].sum() / counts.sum())
    return counts, candidates, met if rng.random() < 0.3 else float(rng.choice([0.02, 0.1, 0.3]))


def _generate_step(rng: Rng) -> tuple[Any, ...]:
    batch, outer, width, past = size(rng, 9), size(rng), size(rng), size(rng)
    old = [small(rng, batch, past, width) for _ in range(2)] if rng.random() < 0.8 else [None, None]
    return small(rng, batch, 1, outer), *old, *(small(rng, outer, width) / np.sqrt(outer) for _ in range(3))


MAKERS: dict[str, Maker] = {
    "softmax": _softmax,
    "embedding_backward": _embedding_backward,
    "embed_context": _embed_context,
    "normalize_embeddings": _normalize_embeddings,
    "linear": _linear,
    "init_weights": _init_weights,
    "leaky_relu": _leaky_relu,
    "leaky_relu_backward": _leaky_relu_backward,
    "mlp_forward": _mlp_forward,
    "cross_entropy": _scores_and_targets,
    "held_out_perplexity": _held_out_perplexity,
    "causal_mask": lambda rng: (size(rng),),
    "scaled_attention": _scaled_attention,
    "causal_self_attention": _causal_self_attention,
    "split_heads": _split_heads,
    "merge_heads": _merge_heads,
    "add_positions": _add_positions,
    "update_kv_cache": _update_kv_cache,
    "layer_norm": _layer_norm,
    "transformer_block": _transformer_block,
    "init_feed_forward": _init_feed_forward,
    "init_embeddings": _init_embeddings,
    "gpt_logits": _gpt_logits,
    "sinusoidal_positions": lambda rng: (size(rng), 2 * size(rng)),
    "padding_mask": _padding_mask,
    "cross_entropy_grad": _scores_and_targets,
    "choose_vocab_size": _choose_vocab_size,
    "generate_step": _generate_step,
}
# A result is clearly another one where it is this many times as far off as checks allow at double precision.
CLEARLY, HALF_PRECISION, STRICTLY = 10, 400, 1e-5
# Where the contract measures the result itself: a standard deviation within 2 %, by either ddof.
AS_MEASURED = {"normalize_embeddings": 200.0}
MASKS = {"causal_mask", "padding_mask"}
# How far the spread of `init_weights` may be off, as a factor, before the contract can tell; and what spread it lets
# other random weights have.
SPREAD, PLAUSIBLE = 1.35, (1e-4, 20.0)
RANDOM = {"init_weights", "init_feed_forward", "init_embeddings"}


def asked_of(level: Stage) -> list[Exercise]:
    """The exercises of a stage of which it is said here what they may be asked."""
    return [exercise for exercise in level.exercises if exercise.name in MAKERS]


def questions(exercise: str, rng: Rng, count: int) -> Iterator[tuple[Any, ...]]:
    """Random arguments for one exercise."""
    for number in range(count):
        asked = MAKERS[exercise](rng)
        yield tuple(map(by_column, asked)) if number % 3 == 2 else asked


def same_result(exercise: str, got: Any, want: Any, *, strictly: bool = False) -> bool:
    """Whether two results (plain data) are so close that the contract lets no check tell them apart.

    `strictly`: whether they are the same but for rounding at double precision. In between, a check may say either.
    """
    with np.errstate(all="ignore"):
        if strictly:
            return _same(got, want, STRICTLY)
        if exercise in MASKS:
            return _same_mask(_broadcast(got, want) if exercise == "padding_mask" else got, want)
        if exercise in RANDOM:
            return _same_spread(got, want)
        if exercise == "cross_entropy" and isinstance(want, float):
            return bool(isinstance(got, int | float) and abs(got - want) <= 0.01 * max(1.0, want))
        return _same(got, want, AS_MEASURED.get(exercise, 0.0))


def _broadcast(got: Any, want: np.ndarray) -> Any:
    """A mask of padding as it is added to the scores: one row may serve all queries."""
    fits = isinstance(got, np.ndarray) and got.ndim <= want.ndim
    with suppress(ValueError):
        return np.broadcast_to(got, want.shape) if fits else got
    return got


def _same(got: Any, want: Any, loosen: float = 0.0) -> bool:
    if isinstance(want, list):
        parts = list(got) if isinstance(got, list) or (isinstance(got, np.ndarray) and got.ndim) else []
        return len(parts) == len(want) and all(_same(*pair, loosen) for pair in zip(parts, want, strict=True))
    if not isinstance(got, np.ndarray | int | float):
        return False
    exact = np.asarray(got, dtype=np.float64)
    half = getattr(got, "dtype", None) == np.float16
    return close(exact, want, loosen=loosen or (HALF_PRECISION if half else CLEARLY))


def _same_mask(got: Any, want: np.ndarray) -> bool:
    if not isinstance(got, np.ndarray) or got.shape != want.shape:
        return False
    return close(_weights(got.astype(np.float64)), _weights(want))


def _weights(mask: np.ndarray) -> np.ndarray:
    weights = np.exp(mask - mask.max(axis=-1, keepdims=True))
    result: np.ndarray = weights / weights.sum(axis=-1, keepdims=True)
    return result


def _same_spread(got: Any, want: Any) -> bool:
    """Whether random weights are as good as others: of init_weights an array, of the others a dict of arrays."""
    if isinstance(want, dict):
        return isinstance(got, dict) and all(k in got and _is_plausible(got[k], want[k]) for k in want)
    if not isinstance(got, np.ndarray) or got.shape != want.shape or not np.isfinite(got).all():
        return False
    return bool(want.std() / SPREAD <= got.std() <= want.std() * SPREAD)


def _is_plausible(got: Any, want: np.ndarray) -> bool:
    if not isinstance(got, np.ndarray) or got.shape != want.shape or not np.isfinite(got).all():
        return False
    return not want.any() or PLAUSIBLE[0] <= float(got.std()) <= PLAUSIBLE[1]
