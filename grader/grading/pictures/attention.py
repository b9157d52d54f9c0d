"""Attention weights, got and expected; the rows of a softmax are weights too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

from grader.course.measure import softmax
from grader.grading.pictures.asking import Ask, first_matrix, matrix
from grader.results.picture import NONE, Panel, Picture, panel

SIZE, WIDTH = 5, 8
CAUSAL = np.where(np.tri(SIZE, dtype=bool), 0.0, -np.inf)
_FREE = np.zeros((SIZE, SIZE))


def inputs(columns: int = WIDTH) -> Iterator[np.ndarray]:
    """Matrices [SIZE, columns], the same for everybody."""
    rng = np.random.default_rng(5)
    while True:
        yield rng.normal(size=(SIZE, columns))


def picture(caption: str, pairs: list[tuple[str, np.ndarray, np.ndarray]], rows: str, columns: str) -> Picture:
    """Weights got and expected, by name; where no weight is expected, a cell is masked."""
    panels: list[Panel] = []
    for name, got, want in pairs:
        masked = np.argwhere(want == 0).tolist()
        same = masked if got.shape == want.shape else []
        leaks = [cell for cell in same if not abs(got[tuple(cell)]) <= NONE]
        panels.append(panel(f"yours{name}", got, same, leaks))
        panels.append(panel(f"expected{name}", want, masked))
    return Picture("attention", caption, rows, columns, tuple(panels))


def _weights(caption: str, got: np.ndarray | None, want: np.ndarray) -> Picture | None:
    return None if got is None else picture(caption, [("", got, want)], "query", "key")


def _from_mask(ask: Ask) -> Picture | None:
    """What a mask alone makes of equal scores: the weights that its rows leave."""
    mask = matrix(ask(SIZE))
    caption = "The weights that your mask leaves when all scores are equal, a row per query."
    return None if mask is None else _weights(caption, softmax(mask), softmax(CAUSAL))


def _scaled(ask: Ask, mask: np.ndarray | None) -> Picture | None:
    make = inputs()
    q, k, v = next(make), next(make), next(make)
    got = first_matrix(ask(q, k, v) if mask is None else ask(q, k, v, mask))
    scores = np.einsum("qd,kd->qk", q, k) / WIDTH**0.5
    caption = f"Your attention weights for {SIZE} tokens, a row per query{'' if mask is None else ', with a mask'}."
    return _weights(caption, got, softmax(scores + (_FREE if mask is None else mask)))


def _self_attention(ask: Ask) -> Picture | None:
    """Values that are one-hot rows come out as the weights themselves."""
    make = inputs(SIZE)
    tokens, zeros, ones = next(make), np.zeros((SIZE, SIZE)), np.eye(SIZE)
    to_q, to_k = next(make), next(make)
    x = np.concatenate([tokens, ones], axis=1)[None]
    w_q, w_k, w_v = (np.concatenate(parts) for parts in ((to_q, zeros), (to_k, zeros), (zeros, ones)))
    got = matrix(ask(x, w_q, w_k, w_v))
    scores = np.einsum("qd,kd->qk", tokens @ to_q, tokens @ to_k) / SIZE**0.5
    return _weights(f"Your attention weights for {SIZE} tokens, a row per query.", got, softmax(scores + CAUSAL))


def _padding(ask: Ask) -> Picture | None:
    """The mask of two sequences, one of them short."""
    lengths = [2, SIZE]
    got = ask.array(np.array(lengths), SIZE)
    try:
        masks = np.broadcast_to(got, (2, SIZE, SIZE)) if got is not None else None
    except ValueError:
        return None
    if masks is None:
        return None
    want = [np.tile(np.arange(SIZE) < length, (SIZE, 1)) / length for length in lengths]
    names = [f", {length} real tokens" for length in lengths]
    pairs = [(name, softmax(mask), right) for name, mask, right in zip(names, masks, want, strict=True)]
    return picture("The weights that your mask leaves when all scores are equal.", pairs, "query", "key")


def _softmax(ask: Ask) -> Picture | None:
    logits = np.array([[2.0, 1.0, 0.0, -1.0], [0.0, 3.0, 1.0, 0.0], [-1.0, 0.0, 0.0, 2.0]])
    got = matrix(ask(logits))
    caption = "Your probabilities for 3 examples and 4 words, a row per example."
    return None if got is None else picture(caption, [("", got, softmax(logits))], "example", "word")


_masked, _free = partial(_scaled, mask=CAUSAL), partial(_scaled, mask=None)
PICTURES: Mapping[tuple[str, str], Callable[[Ask], Picture | None]] = {
    **{("causal_mask", mistake): _from_mask for mistake in ("5.1", "5.7", "5.12")},
    **{("scaled_attention", mistake): _masked for mistake in ("5.1", "5.9", "5.11", "5.12")},
    **{("scaled_attention", mistake): _free for mistake in ("5.2", "5.8", "5.14")},
    **{("causal_self_attention", mistake): _self_attention for mistake in ("5.2", "5.9", "5.11", "5.12")},
    ("padding_mask", "6.8"): _padding,
    ("softmax", "3.1"): _softmax,
}
