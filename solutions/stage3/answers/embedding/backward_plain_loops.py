# shows: embedding_backward right
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    grad = np.zeros((vocab_size, grad_output.shape[-1]), dtype=np.float32)
    for b in range(token_ids.shape[0]):
        for t in range(token_ids.shape[1]):
            grad[token_ids[b, t]] += grad_output[b, t]
    return grad
