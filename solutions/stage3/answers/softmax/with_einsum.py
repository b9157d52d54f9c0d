# shows: softmax right
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(1)[:, None])
    return np.einsum("bv,b->bv", e, 1 / np.einsum("bv->b", e))
