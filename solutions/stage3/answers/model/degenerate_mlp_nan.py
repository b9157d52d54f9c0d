# shows: mlp_forward degenerate
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    return np.full((len(context_ids), len(b2)), np.nan)
