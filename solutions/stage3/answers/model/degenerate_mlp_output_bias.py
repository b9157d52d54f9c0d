# shows: mlp_forward degenerate
# The same scores for every context.
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    return np.tile(b2, (len(context_ids), 1))
