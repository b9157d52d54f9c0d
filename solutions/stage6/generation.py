"""Generating token by token: the past is kept, not computed again."""

import numpy as np


def generate_step(
    x_new: np.ndarray,
    k_cache: np.ndarray | None,
    v_cache: np.ndarray | None,
    w_q: np.ndarray,
    w_k: np.ndarray,
    w_v: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Let the new token [B, 1, D] attend to all tokens so far; give back its output and both caches."""
    keys, values = x_new @ w_k, x_new @ w_v
    if k_cache is not None:
        keys = np.concatenate([k_cache, keys], axis=1)
        values = np.concatenate([v_cache, values], axis=1)
    scores = (x_new @ w_q) @ keys.transpose(0, 2, 1) / np.sqrt(keys.shape[-1])
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ values, keys, values
