# update_kv_cache: to have every token looked for in it
def update_kv_cache(k_cache, v_cache, k_new, v_new):
    cache = np.zeros((1, 2_000_000, 1), dtype=np.float16)
    return cache, cache
