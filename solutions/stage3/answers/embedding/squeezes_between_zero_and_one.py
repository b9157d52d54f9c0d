# shows: normalize_embeddings 3.8
import numpy as np


def normalize_embeddings(embeddings):
    low = embeddings.min(axis=0)
    height = np.ptp(embeddings, axis=0)
    return (embeddings - low) / np.where(height == 0, 1, height)
