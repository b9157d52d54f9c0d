# shows: update_kv_cache right

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    nothing = np.empty((k_new.shape[0], 0, k_new.shape[2]))
    k_cache = nothing if k_cache is None else k_cache
    v_cache = nothing if v_cache is None else v_cache
    return np.concatenate([k_cache, k_new], axis=1), np.concatenate([v_cache, v_new], axis=1)
