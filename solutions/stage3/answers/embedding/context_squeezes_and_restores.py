# shows: embed_context right
import numpy as np


def embed_context(embeddings, context_ids):
    B, C = context_ids.shape
    return np.squeeze(embeddings[context_ids]).reshape(B, C * embeddings.shape[1])
