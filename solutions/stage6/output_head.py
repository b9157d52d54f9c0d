"""The two ends of the model: the table that tokens come in by, and the scores that go out."""

from collections.abc import Callable

import numpy as np

Layer = Callable[[np.ndarray], np.ndarray]


def init_embeddings(rng: np.random.Generator, vocab_size: int, d_model: int) -> dict[str, np.ndarray]:
    """Make the one table [V, D] that tokens are both embedded and scored with."""
    return {"token_embedding": rng.normal(scale=d_model**-0.5, size=(vocab_size, d_model))}


def gpt_logits(x: np.ndarray, blocks: list[Layer], final_norm: Layer, token_embedding: np.ndarray) -> np.ndarray:
    """Run the stream [B, T, D] through all blocks, normalise it, and score it against the table [V, D]."""
    for block in blocks:
        x = block(x)
    return final_norm(x) @ token_embedding.T
