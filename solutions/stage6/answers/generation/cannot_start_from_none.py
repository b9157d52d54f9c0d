# shows: generate_step error
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    q = x_new @ w_q
    k = np.concatenate([k_cache, x_new @ w_k], axis=1)
    v = np.concatenate([v_cache, x_new @ w_v], axis=1)
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, k, v
