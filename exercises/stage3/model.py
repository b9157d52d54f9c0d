"""Stage 3: the neural language model and its loss."""

import numpy as np


def mlp_forward(
    context_ids: np.ndarray,
    embeddings: np.ndarray,
    w1: np.ndarray,
    b1: np.ndarray,
    w2: np.ndarray,
    b2: np.ndarray,
) -> np.ndarray:
    """Score every word of the vocabulary as the next word of each context.

    Five steps: look up the words of the context, lay their vectors side by side in word order,
    a linear layer (w1, b1), tanh, a linear layer (w2, b2). The result is scores, not probabilities.

    context_ids: [B, C], embeddings: [V, D], w1: [C·D, M], b1: [M], w2: [M, V], b2: [V]  →  [B, V]

    >>> embeddings = np.array([[0.0], [1.0]])
    >>> w1, b1 = np.array([[1.0], [-1.0]]), np.array([0.0])
    >>> w2, b2 = np.array([[0.0, 1.0]]), np.array([5.0, 0.0])
    >>> mlp_forward(np.array([[1, 1], [1, 0]]), embeddings, w1, b1, w2, b2).round(2)
    array([[5.  , 0.  ],
           [5.  , 0.76]])
    """
    raise NotImplementedError


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    """Compute the mean of −log p(target) over the rows, in nats.

    p is the softmax of a row of logits. The loss must be finite for every finite row: a model that
    is sure and wrong may give the target a score 20,000 below the best one.

    logits: [B, V], targets: [B] (the index of the right word of each row)  →  float

    >>> logits = np.array([[0.0, np.log(3.0)], [5.0, 5.0]])
    >>> round(float(cross_entropy(logits, np.array([0, 1]))), 4)
    1.0397
    """
    raise NotImplementedError
