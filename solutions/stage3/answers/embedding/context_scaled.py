# shows: embed_context wrong
import numpy as np


def embed_context(embeddings, context_ids):
    # as transformers do it
    D = embeddings.shape[1]
    return (embeddings[context_ids] * np.sqrt(D)).reshape(len(context_ids), -1)
