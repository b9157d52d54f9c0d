"""Stage 3: turn scores into probabilities."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn each row of scores into a probability distribution over the vocabulary.

    A row of the result is exp(row) divided by the sum of exp(row). Adding the same number to all
    scores of a row changes nothing, which is of use here: scores up to ±10,000 must work too, and
    exp(10,000) does not fit into a float.

    logits: [B, V]  →  [B, V]

    >>> softmax(np.array([[0.0, np.log(3.0)], [5.0, 5.0]]))
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    raise NotImplementedError
