# shows: generate_step right
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    q, k, v = np.split(x_new @ np.concatenate([w_q, w_k, w_v], axis=1), 3, axis=-1)
    if k_cache is not None:
        k, v = np.concatenate([np.stack([k_cache, v_cache]), np.stack([k, v])], axis=2)
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, k, v
