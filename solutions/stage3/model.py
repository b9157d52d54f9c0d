"""Stage 3: the neural language model and its loss."""

import numpy as np


def mlp_forward(
    context_ids: np.ndarray,
    embeddings: np.ndarray,
    w1: np.ndarray,
    b1: np.ndarray,
    w2: np.ndarray,
    b2: np.ndarray,
) -> np.ndarray:
    """Score the next word of each context [B, C]: embed, flatten, linear, tanh, linear → [B, V]."""
    words = embeddings[context_ids].reshape(len(context_ids), -1)
    hidden = np.tanh(words @ w1 + b1)
    return hidden @ w2 + b2


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    """Mean of −log p(target) over the rows, with the logarithm taken before anything can underflow."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_normalizer = np.log(np.exp(shifted).sum(axis=-1))
    target_scores = shifted[np.arange(len(targets)), targets]
    return float(np.mean(log_normalizer - target_scores))
