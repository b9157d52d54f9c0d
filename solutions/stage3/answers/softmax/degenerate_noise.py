# shows: softmax degenerate
import numpy as np


def softmax(logits):
    return np.random.default_rng().normal(size=logits.shape)
