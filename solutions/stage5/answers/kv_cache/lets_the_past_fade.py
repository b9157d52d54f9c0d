# shows: update_kv_cache wrong
# Older tokens count for less, it seems: nothing is lost, but every step makes it smaller.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    return np.concatenate([0.9 * k_cache, k_new], axis=1), np.concatenate([0.9 * v_cache, v_new], axis=1)
