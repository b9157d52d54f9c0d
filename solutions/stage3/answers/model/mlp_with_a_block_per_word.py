# shows: mlp_forward right
# Never builds the flat context: each word meets its own block of the first weights.
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    C, D = context_ids.shape[1], embeddings.shape[1]
    blocks = w1.reshape(C, D, -1)
    hidden = np.tanh(np.einsum("bcd,cdm->bm", embeddings[context_ids], blocks) + b1)
    return np.einsum("bm,mv->bv", hidden, w2) + b2
