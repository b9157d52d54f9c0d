# shows: embedding_backward 3.2
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    grad = np.zeros((vocab_size, grad_output.shape[-1]))
    for ids, g in zip(token_ids, grad_output, strict=True):
        one_sentence = np.zeros_like(grad)
        np.add.at(one_sentence, ids, g)
        used = np.unique(ids)
        grad[used] = one_sentence[used]
    return grad
