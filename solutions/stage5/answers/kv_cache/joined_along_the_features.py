# shows: update_kv_cache wrong|error

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    return np.concatenate([k_cache, k_new], axis=-1), np.concatenate([v_cache, v_new], axis=-1)
