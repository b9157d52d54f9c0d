# shows: embed_context wrong
import numpy as np


def embed_context(embeddings, context_ids):
    flat = embeddings[context_ids].reshape(len(context_ids), -1)
    return np.hstack([flat, np.ones((len(flat), 1))])
