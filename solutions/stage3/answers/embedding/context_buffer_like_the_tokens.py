# shows: embed_context wrong
import numpy as np


def embed_context(embeddings, context_ids):
    out = np.zeros((len(context_ids), context_ids.shape[1] * embeddings.shape[1]), dtype=int)
    for i, ids in enumerate(context_ids):
        out[i] = embeddings[ids].ravel()
    return out
