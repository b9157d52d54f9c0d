# shows: mlp_forward 3.4
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    first_block = w1[: embeddings.shape[1]]
    z = np.einsum("bcd,dm->bm", embeddings[context_ids], first_block) / context_ids.shape[1]
    return np.einsum("bm,mv->bv", np.tanh(z + b1), w2) + b2
