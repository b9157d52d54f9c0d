# shows: update_kv_cache 5.10

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    k_old = np.broadcast_to(k_cache.mean(axis=1, keepdims=True), k_cache.shape)
    v_old = np.broadcast_to(v_cache.mean(axis=1, keepdims=True), v_cache.shape)
    return np.concatenate([k_old, k_new], axis=1), np.concatenate([v_old, v_new], axis=1)
