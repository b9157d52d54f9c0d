# shows: generate_step degenerate
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    if k_cache is not None:
        k_cache = np.concatenate([k_cache, x_new @ w_k], axis=1)
        v_cache = np.concatenate([v_cache, x_new @ w_v], axis=1)
    print("tokens so far:", 1 if k_cache is None else k_cache.shape[1])
