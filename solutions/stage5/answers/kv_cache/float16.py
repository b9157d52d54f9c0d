# shows: update_kv_cache right
# Caches are often kept in half precision, to save memory.

import numpy as np


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    def join(old, new):
        parts = [new] if old is None else [old, new]
        return np.concatenate(parts, axis=1).astype(np.float16)

    return join(k_cache, k_new), join(v_cache, v_new)
