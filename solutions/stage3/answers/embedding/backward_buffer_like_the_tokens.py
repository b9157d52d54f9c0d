# shows: embedding_backward wrong
# A buffer of integers cuts every gradient to a whole number.
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    grad = np.zeros((vocab_size, grad_output.shape[-1]), dtype=token_ids.dtype)
    for token, g in zip(token_ids.ravel(), grad_output.reshape(-1, grad_output.shape[-1]), strict=True):
        grad[token] += g.astype(grad.dtype)
    return grad
