# shows: embedding_backward 3.2
# Looks like a sum, but numpy reads, adds and writes once per distinct index.
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    dE = np.zeros((vocab_size, grad_output.shape[-1]))
    dE[token_ids.reshape(-1)] += grad_output.reshape(-1, grad_output.shape[-1])
    return dE
