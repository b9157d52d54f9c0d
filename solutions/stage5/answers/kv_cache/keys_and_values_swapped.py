# shows: update_kv_cache 5.10|wrong

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return v_new, k_new
    return np.concatenate([v_cache, v_new], axis=1), np.concatenate([k_cache, k_new], axis=1)
