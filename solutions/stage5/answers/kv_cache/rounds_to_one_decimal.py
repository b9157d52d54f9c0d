# shows: update_kv_cache wrong
# Saves memory, and precision.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    both = (np.concatenate(pair, axis=1) for pair in ((k_cache, k_new), (v_cache, v_new)))
    return tuple(np.round(part, 1) for part in both)
