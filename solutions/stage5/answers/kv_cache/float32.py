# shows: update_kv_cache right

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    k_new, v_new = k_new.astype(np.float32), v_new.astype(np.float32)
    if k_cache is None:
        return k_new, v_new
    return (
        np.concatenate([k_cache, k_new], axis=1, dtype=np.float32),
        np.concatenate([v_cache, v_new], axis=1, dtype=np.float32),
    )
