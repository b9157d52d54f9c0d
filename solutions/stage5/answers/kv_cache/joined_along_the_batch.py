# shows: update_kv_cache wrong|error

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    return np.vstack([k_cache, k_new]), np.vstack([v_cache, v_new])
