# shows: embedding_backward wrong
# Right only where every word of the vocabulary occurs.
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    tokens, inverse = np.unique(token_ids.ravel(), return_inverse=True)
    grad = np.zeros((len(tokens), grad_output.shape[-1]))
    np.add.at(grad, inverse, grad_output.reshape(token_ids.size, -1))
    return grad
