# shows: update_kv_cache 5.10|wrong|error
# Remembers in the module, and does not look at the cache that it is given.

import numpy as np


K, V = [], []


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    K.append(k_new)
    V.append(v_new)
    return np.concatenate(K, axis=1), np.concatenate(V, axis=1)
