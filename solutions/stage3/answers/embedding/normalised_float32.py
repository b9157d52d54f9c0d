# shows: normalize_embeddings right
import numpy as np


def normalize_embeddings(embeddings):
    table = embeddings.astype(np.float32)
    std = table.std(axis=0)
    std[std == 0] = 1
    return (table - table.mean(axis=0)) / std
