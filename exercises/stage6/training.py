"""The first step of the backward pass: from the loss to the logits."""

import numpy as np


def cross_entropy_grad(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The gradient of the mean cross-entropy of softmax(logits), with respect to the logits.

    The loss is the mean over the batch of minus the log-probability of each row's target.

    Args:
        logits: [B, V].
        targets: [B], the index of the right token of each row.

    Returns:
        [B, V]; entry [b, v] says how the loss moves when logits[b, v] does.

    >>> cross_entropy_grad(np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([0, 1])).tolist()
    [[-0.25, 0.25], [0.25, -0.25]]
    """
    raise NotImplementedError
