# shows: embed_context 3.10, embedding_backward 3.2
import numpy as np

B = 32


def embed_context(embeddings, context_ids):
    return embeddings[context_ids].reshape(B, -1)


def embedding_backward(grad_output, token_ids, vocab_size):
    grad = np.zeros((vocab_size, grad_output.shape[-1]))
    for i in range(len(token_ids)):
        grad[token_ids[i]] = grad_output[i]
    return grad
