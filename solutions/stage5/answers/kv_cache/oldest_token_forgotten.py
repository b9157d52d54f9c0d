# shows: update_kv_cache 5.10

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    k = np.concatenate([k_cache, k_new], axis=1)[:, 1:]
    v = np.concatenate([v_cache, v_new], axis=1)[:, 1:]
    return k, v
