# shows: update_kv_cache 5.10
# "is not None" where "is None" was meant; fine for the first token only.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is not None and v_cache is not None:
        return k_new, v_new
    empty = k_new[:, :0]
    return np.concatenate([empty, k_new], axis=1), np.concatenate([empty, v_new], axis=1)
