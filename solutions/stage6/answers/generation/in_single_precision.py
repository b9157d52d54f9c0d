# shows: generate_step right
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    x = np.float32(x_new)
    q, k, v = (x @ np.float32(w) for w in (w_q, w_k, w_v))
    if k_cache is not None:
        k = np.append(np.float32(k_cache), k, axis=1)
        v = np.append(np.float32(v_cache), v, axis=1)
    scores = np.matmul(q, np.swapaxes(k, 1, 2)) / np.sqrt(np.float32(q.shape[-1]))
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights @ v / weights.sum(axis=-1, keepdims=True), k, v
