"""Stage 3: word vectors, their gradient and their scale."""

import numpy as np


def embedding_backward(grad_output: np.ndarray, token_ids: np.ndarray, vocab_size: int) -> np.ndarray:
    """Compute the gradient of the embedding table from the gradient of the vectors looked up in it.

    In the forward pass position [b, t] got the row token_ids[b, t] of the table. A token may stand
    at many positions; one that stands nowhere has a gradient of zero.

    grad_output: [B, T, D], token_ids: [B, T]  →  [V, D]

    >>> grad_output = np.array([[[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]])
    >>> embedding_backward(grad_output, np.array([[2, 0, 2]]), 4)
    array([[ 10.,  20.],
           [  0.,   0.],
           [101., 202.],
           [  0.,   0.]])
    """
    raise NotImplementedError


def embed_context(embeddings: np.ndarray, context_ids: np.ndarray) -> np.ndarray:
    """Look up the words of each context and lay their vectors side by side, in word order.

    embeddings: [V, D], context_ids: [B, C]  →  [B, C·D]

    >>> embeddings = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    >>> embed_context(embeddings, np.array([[2, 0], [1, 1]]))
    array([[4., 5., 0., 1.],
           [2., 3., 2., 3.]])
    """
    raise NotImplementedError


def normalize_embeddings(embeddings: np.ndarray) -> np.ndarray:
    """Shift and scale each column (each feature, over all words) to mean 0 and standard deviation 1.

    A column in which all words have the same value has nothing to scale; it becomes zeros.

    embeddings: [V, D]  →  [V, D]

    >>> normalize_embeddings(np.array([[1.0, 7.0], [3.0, 7.0]]))
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    raise NotImplementedError
