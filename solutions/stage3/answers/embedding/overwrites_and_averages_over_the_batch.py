# shows: embedding_backward 3.2|wrong
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    grad = np.zeros((vocab_size, grad_output.shape[-1]))
    grad[token_ids] = grad_output / token_ids.size
    return grad
