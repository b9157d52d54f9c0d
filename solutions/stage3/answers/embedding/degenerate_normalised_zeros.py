# shows: normalize_embeddings degenerate
import numpy as np


def normalize_embeddings(embeddings):
    return np.zeros_like(embeddings)
