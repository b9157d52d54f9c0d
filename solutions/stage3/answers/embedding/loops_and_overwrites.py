# shows: embedding_backward 3.2
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    batch, length, width = grad_output.shape
    table_grad = np.zeros((vocab_size, width))
    for b in range(batch):
        for t in range(length):
            table_grad[token_ids[b, t]] = grad_output[b, t]
    return table_grad
