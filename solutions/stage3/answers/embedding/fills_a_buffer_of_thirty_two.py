# shows: embed_context 3.10
import numpy as np


def embed_context(embeddings, context_ids):
    out = np.zeros((32, context_ids.shape[1] * embeddings.shape[1]))
    for i, ids in enumerate(context_ids):
        out[i] = embeddings[ids].ravel()
    return out
