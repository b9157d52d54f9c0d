# shows: update_kv_cache right

import numpy as np


class KVCache:
    def __init__(self, keys=None, values=None):
        self.keys, self.values = keys, values

    def extend(self, k_new, v_new):
        self.keys = self._join(self.keys, k_new)
        self.values = self._join(self.values, v_new)
        return self

    @staticmethod
    def _join(old, new):
        return new if old is None else np.concatenate([old, new], axis=-2)


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    cache = KVCache(k_cache, v_cache).extend(k_new, v_new)
    return cache.keys, cache.values
