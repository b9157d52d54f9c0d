# shows: normalize_embeddings 3.8
import numpy as np


def normalize_embeddings(embeddings):
    return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
