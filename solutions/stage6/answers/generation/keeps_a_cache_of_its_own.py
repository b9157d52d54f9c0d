# shows: generate_step 6.11|wrong|error
# What was passed is not looked at; what was seen in earlier calls is.
import numpy as np

SEEN = []


def generate_step(x_new, k_cache, v_cache, w_q, w_k, w_v):
    if k_cache is None:
        SEEN.clear()
    SEEN.append(x_new)
    x = np.concatenate(SEEN, axis=1)
    q, k, v = x_new @ w_q, x @ w_k, x @ w_v
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, k, v
