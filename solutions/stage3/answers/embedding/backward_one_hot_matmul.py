# shows: embedding_backward right
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    one_hot = np.eye(vocab_size)[token_ids]
    return np.einsum("btv,btd->vd", one_hot, grad_output)
