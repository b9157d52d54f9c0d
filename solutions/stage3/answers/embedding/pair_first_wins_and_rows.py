# shows: embedding_backward 3.2, normalize_embeddings 3.8
import numpy as np


def embedding_backward(grad_output, token_ids, vocab_size):
    grad = np.zeros((vocab_size, grad_output.shape[-1]))
    seen = set()
    for position, token in np.ndenumerate(token_ids):
        if token in seen:
            continue
        seen.add(token)
        grad[token] = grad_output[position]
    return grad


def normalize_embeddings(embeddings):
    return embeddings / np.abs(embeddings).max()
