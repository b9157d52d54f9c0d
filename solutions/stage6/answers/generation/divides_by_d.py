# shows: generate_step wrong
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    q, k, v = x_new @ w_q, x_new @ w_k, x_new @ w_v
    if k_cache is not None:
        k, v = np.concatenate([k_cache, k], axis=1), np.concatenate([v_cache, v], axis=1)
    scores = q @ k.transpose(0, 2, 1) / q.shape[-1]
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, k, v
