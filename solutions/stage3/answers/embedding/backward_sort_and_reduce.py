# shows: embedding_backward right
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    ids = token_ids.ravel()
    flat = grad_output.reshape(ids.size, -1)
    order = np.argsort(ids, kind="stable")
    tokens, starts = np.unique(ids[order], return_index=True)
    grad = np.zeros((vocab_size, flat.shape[1]))
    grad[tokens] = np.add.reduceat(flat[order], starts, axis=0)
    return grad
