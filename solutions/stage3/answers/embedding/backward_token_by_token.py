# shows: embedding_backward right
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    return np.array([grad_output[token_ids == v].sum(axis=0) for v in range(vocab_size)])
