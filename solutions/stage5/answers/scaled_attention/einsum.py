# shows: scaled_attention right

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = np.einsum("...qd,...kd->...qk", q, k) * q.shape[-1] ** -0.5
    scores = scores if mask is None else scores + mask
    scores -= scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights /= np.einsum("...k->...", weights)[..., None]
    return np.einsum("...qk,...kd->...qd", weights, v), weights
