"""One head of causal self-attention: from a stream of tokens to what each makes of its past."""

import numpy as np


def causal_self_attention(x: np.ndarray, w_q: np.ndarray, w_k: np.ndarray, w_v: np.ndarray) -> np.ndarray:
    """[B, T, D] and three [D, d_k] -> [B, T, d_k]; no position sees a later one."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    later = np.triu(np.ones(scores.shape[-2:], dtype=bool), k=1)
    scores = np.where(later, -np.inf, scores)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
