# shows: scaled_attention right

import numpy as np


def scaled_attention(q, k, v, mask=None):
    rows = []
    for i in range(q.shape[-2]):
        row = (k @ q[..., i, :, None])[..., 0] * q.shape[-1] ** -0.5
        if mask is not None:
            row = row + np.broadcast_to(mask, (*q.shape[:-1], k.shape[-2]))[..., i, :]
        row = np.exp(row - row.max(axis=-1, keepdims=True))
        rows.append(row / row.sum(axis=-1, keepdims=True))
    weights = np.stack(rows, axis=-2)
    return np.matmul(weights, v), weights
