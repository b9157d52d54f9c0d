# shows: generate_step 6.11
# Room for T + 1 tokens is made, and only the new one is written into it.
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    q = x_new @ w_q
    past = 0 if k_cache is None else k_cache.shape[1]
    keys = np.zeros((len(x_new), past + 1, w_k.shape[1]))
    values = np.zeros((len(x_new), past + 1, w_v.shape[1]))
    keys[:, past:], values[:, past:] = x_new @ w_k, x_new @ w_v
    scores = q @ keys.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ values, keys, values
