# shows: embedding_backward 3.2
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    width = grad_output.shape[-1]
    tokens, where = np.unique(token_ids, return_index=True)
    grad = np.zeros((vocab_size, width))
    grad[tokens] = grad_output.reshape(-1, width)[where]
    return grad
