# shows: scaled_attention right

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    visible = np.ones(scores.shape, dtype=bool) if mask is None else np.broadcast_to(np.isfinite(mask), scores.shape)
    top = np.max(scores, axis=-1, keepdims=True, where=visible, initial=-np.inf)
    exps = np.exp(scores - top, where=visible, out=np.zeros_like(scores))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
