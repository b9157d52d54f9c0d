# shows: cross_entropy right
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.einsum("bv->b", np.exp(z)))[:, None]
    return np.float16(-np.einsum("bv,bv->", log_p, np.eye(z.shape[1])[targets]) / len(z))
