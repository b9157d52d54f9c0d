# shows: generate_step 6.11
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    q, k, v = x_new @ w_q, x_new @ w_k, x_new @ w_v
    keys = k if k_cache is None else np.concatenate([k_cache, k], axis=1)
    values = v if v_cache is None else np.concatenate([v_cache, v], axis=1)
    scores = np.einsum("bqd,bkd->bqk", q, keys) / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ values, k, v
