# shows: update_kv_cache wrong|error|5.10
# A buffer for four sequences.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    return (
        np.concatenate([k_cache[:4], k_new[:4]], axis=1),
        np.concatenate([v_cache[:4], v_new[:4]], axis=1),
    )
