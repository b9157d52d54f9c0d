"""Telling the model where in the sequence each token stands."""

import numpy as np


def add_positions(embeddings: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """[B, T, D] + the first T rows of [max_len, D] -> [B, T, D]."""
    seq_len = embeddings.shape[1]
    return embeddings + positions[:seq_len]
