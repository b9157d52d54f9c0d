# shows: update_kv_cache error


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    k_cache.append(k_new)
    v_cache.append(v_new)
    return k_cache, v_cache
