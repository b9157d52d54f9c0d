"""The two ends of the model: the table that tokens come in by, and the scores that go out."""

from collections.abc import Callable

import numpy as np

Layer = Callable[[np.ndarray], np.ndarray]


def init_embeddings(rng: np.random.Generator, vocab_size: int, d_model: int) -> dict[str, np.ndarray]:
    """Make every array that embedding tokens and scoring them needs. The two share one table.

    Draw from `rng`, so that the same seed gives the same table. Keys beside "token_embedding" are
    allowed, as long as the table's numbers are not held a second time as other numbers.

    Args:
        rng: the only source of randomness to use.
        vocab_size: V, the number of tokens.
        d_model: D, the width of a token.

    Returns:
        a dict; "token_embedding" is the table [V, D].

    >>> init_embeddings(np.random.default_rng(0), vocab_size=5, d_model=3)["token_embedding"].shape
    (5, 3)
    """
    raise NotImplementedError


def gpt_logits(x: np.ndarray, blocks: list[Layer], final_norm: Layer, token_embedding: np.ndarray) -> np.ndarray:
    """Run the residual stream through all blocks in order, normalise it, and score every token.

    A token's score is the dot product of the normalised stream with that token's row of the table.

    Args:
        x: [B, T, D], the embedded tokens.
        blocks: functions [B, T, D] -> [B, T, D].
        final_norm: a function [B, T, D] -> [B, T, D].
        token_embedding: [V, D], the same table that embedded the tokens.

    Returns:
        logits [B, T, V]

    Here one block adds one and the norm halves; the table has three tokens:

    >>> table = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    >>> gpt_logits(np.array([[[1.0, 3.0]]]), [lambda x: x + 1], lambda x: x / 2, table).tolist()
    [[[1.0, 2.0, 3.0]]]
    """
    raise NotImplementedError
