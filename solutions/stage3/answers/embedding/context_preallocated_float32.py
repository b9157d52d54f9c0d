# shows: embed_context right
import numpy as np


def embed_context(embeddings, context_ids):
    (B, C), D = context_ids.shape, embeddings.shape[1]
    out = np.empty((B, C * D), dtype=np.float32)
    for c in range(C):
        out[:, c * D : (c + 1) * D] = embeddings[context_ids[:, c]]
    return out
