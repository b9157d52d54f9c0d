# shows: update_kv_cache wrong

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is not None:
        k_new = np.concatenate([k_cache, k_new], axis=1)
        v_new = np.concatenate([v_cache, v_new], axis=1)
    return k_new.swapaxes(0, 1), v_new.swapaxes(0, 1)
