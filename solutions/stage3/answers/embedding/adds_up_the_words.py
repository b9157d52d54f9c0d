# shows: embed_context 3.4
import numpy as np


def embed_context(embeddings, context_ids):
    return np.einsum("bcd->bd", np.take(embeddings, context_ids, axis=0))
