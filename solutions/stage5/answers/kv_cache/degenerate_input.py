# shows: update_kv_cache degenerate


def update_kv_cache(k_cache, v_cache, k_new, v_new):
    return k_cache, v_cache, k_new, v_new
