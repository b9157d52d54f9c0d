# shows: embed_context 3.4, embedding_backward 3.2
import numpy as np


def embed_context(embeddings, context_ids):
    return np.mean(embeddings[context_ids], axis=1)


def embedding_backward(grad_output, token_ids, vocab_size):
    grad = np.zeros((vocab_size, grad_output.shape[-1]))
    grad[token_ids] += grad_output
    return grad
