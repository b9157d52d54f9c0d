# shows: embedding_backward wrong
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    one_hot = (token_ids[..., None] == np.arange(vocab_size)).astype(float)
    return np.tensordot(grad_output, one_hot, axes=([0, 1], [0, 1]))
