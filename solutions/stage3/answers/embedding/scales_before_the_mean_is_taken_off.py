# shows: normalize_embeddings 3.8
# The mean that is taken off belongs to the table before it was scaled.
import numpy as np


def normalize_embeddings(embeddings):
    mean, std = embeddings.mean(axis=0), embeddings.std(axis=0)
    flat = std == 0
    out = embeddings / np.where(flat, 1, std) - mean
    return np.where(flat, 0.0, out)
