"""Stage 3: word vectors, their gradient and their scale."""

import numpy as np


def embedding_backward(grad_output: np.ndarray, token_ids: np.ndarray, vocab_size: int) -> np.ndarray:
    """Sum the gradients [B, T, D] of all positions of a token into its row of [V, D]."""
    gradient = np.zeros((vocab_size, grad_output.shape[-1]))
    np.add.at(gradient, token_ids, grad_output)
    return gradient


def embed_context(embeddings: np.ndarray, context_ids: np.ndarray) -> np.ndarray:
    """Lay the vectors of each context [B, C] side by side: [B, C·D]."""
    vectors = embeddings[context_ids]
    return vectors.reshape(vectors.shape[0], -1)


def normalize_embeddings(embeddings: np.ndarray) -> np.ndarray:
    """Bring each column of [V, D] to mean 0 and standard deviation 1, a constant one to zeros."""
    constant = embeddings.max(axis=0) == embeddings.min(axis=0)
    spread = np.where(constant, 1.0, embeddings.std(axis=0))
    return np.where(constant, 0.0, (embeddings - embeddings.mean(axis=0)) / spread)
