# shows: embedding_backward degenerate
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    return np.zeros((vocab_size, grad_output.shape[-1])) / np.zeros(1)
