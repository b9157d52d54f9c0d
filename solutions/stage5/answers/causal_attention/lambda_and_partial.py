# shows: causal_self_attention right

from functools import partial

import numpy as np


softmax = lambda s: np.exp(s - s.max(-1, keepdims=True)) / np.exp(s - s.max(-1, keepdims=True)).sum(-1, keepdims=True)
attend = lambda fill, x, w_q, w_k, w_v: softmax(
    np.where(np.tri(x.shape[1], dtype=bool), (x @ w_q) @ (x @ w_k).swapaxes(1, 2) / w_q.shape[1] ** 0.5, fill)
) @ (x @ w_v)
causal_self_attention = partial(attend, -np.inf)
