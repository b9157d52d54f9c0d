# shows: embed_context wrong
import numpy as np


def embed_context(embeddings, context_ids):
    unit = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    return unit[context_ids].reshape(len(context_ids), -1)
