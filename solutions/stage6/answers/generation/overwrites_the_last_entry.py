# shows: generate_step 6.11
# A cache of fixed size, so the new token takes the place of the one before it.
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    q, k, v = x_new @ w_q, x_new @ w_k, x_new @ w_v
    if k_cache is not None:
        k_cache, v_cache = k_cache.copy(), v_cache.copy()
        k_cache[:, -1:], v_cache[:, -1:] = k, v
        k, v = k_cache, v_cache
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, k, v
