# shows: update_kv_cache 5.10
# The cache keeps its length: every new token costs an old one.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    t = k_new.shape[1]
    return (
        np.concatenate([k_cache[:, t:], k_new], axis=1),
        np.concatenate([v_cache[:, t:], v_new], axis=1),
    )
