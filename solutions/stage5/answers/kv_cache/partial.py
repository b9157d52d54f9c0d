# shows: update_kv_cache right

from functools import partial

import numpy as np


def update(join, k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    return join([k_cache, k_new]), join([v_cache, v_new])


update_kv_cache = partial(update, partial(np.concatenate, axis=1))
