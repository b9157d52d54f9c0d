# shows: generate_step right
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    batch, _, _ = x_new.shape
    d = w_q.shape[-1]
    k_cache = np.empty((batch, 0, d)) if k_cache is None else k_cache
    v_cache = np.empty((batch, 0, d)) if v_cache is None else v_cache
    k_cache = np.insert(k_cache, k_cache.shape[1], (x_new @ w_k)[:, 0], axis=1)
    v_cache = np.insert(v_cache, v_cache.shape[1], (x_new @ w_v)[:, 0], axis=1)
    scores = (k_cache @ (x_new @ w_q).swapaxes(1, 2)) / np.sqrt(d)
    weights = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    return (weights * v_cache).sum(axis=1, keepdims=True), k_cache, v_cache
