# shows: embedding_backward 3.2
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    D = grad_output.shape[-1]
    by_token = dict(zip(token_ids.ravel().tolist(), grad_output.reshape(-1, D), strict=True))
    return np.array([by_token.get(v, np.zeros(D)) for v in range(vocab_size)])
