# shows: update_kv_cache 5.10
# One mean stands for the whole history.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    k_mean = k_cache.mean(axis=1, keepdims=True)
    v_mean = v_cache.mean(axis=1, keepdims=True)
    return np.concatenate([k_mean, k_new], axis=1), np.concatenate([v_mean, v_new], axis=1)
