# shows: update_kv_cache right
# One array [2, B, T + t, d]: unpacked like a pair.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    new = np.stack([k_new, v_new])
    if k_cache is None:
        return new
    return np.concatenate([np.stack([k_cache, v_cache]), new], axis=2)
