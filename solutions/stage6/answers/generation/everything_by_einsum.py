# shows: generate_step right
import numpy as np


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    q, k, v = (np.einsum("btD,Dd->btd", x_new, w) for w in (w_q, w_k, w_v))
    if k_cache is not None:
        k, v = np.hstack([k_cache, k]), np.hstack([v_cache, v])
    scores = np.einsum("bqd,bkd->bqk", q, k) * k.shape[-1] ** -0.5
    weights = np.exp(scores)
    weights = weights / np.einsum("bqk->bq", weights)[..., None]
    return [np.einsum("bqk,bkd->bqd", weights, v), k, v]
