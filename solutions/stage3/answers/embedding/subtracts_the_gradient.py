# shows: embedding_backward wrong
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    # already the step downhill
    grad = np.zeros((vocab_size, grad_output.shape[-1]))
    np.subtract.at(grad, token_ids, grad_output)
    return grad
