# shows: mlp_forward degenerate
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    return np.zeros((len(context_ids), len(b2)))
