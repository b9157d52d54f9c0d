# shows: embedding_backward 3.2
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    flat_ids = token_ids.ravel()
    flat_grad = grad_output.reshape(len(flat_ids), -1)
    counts = np.bincount(flat_ids, minlength=vocab_size)
    grad = np.zeros((vocab_size, flat_grad.shape[1]))
    for i, token in enumerate(flat_ids):
        if counts[token] == 1:
            grad[token] = flat_grad[i]
    return grad
