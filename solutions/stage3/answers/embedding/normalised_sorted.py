# shows: normalize_embeddings wrong
# Every column is well scaled, and no word has its own numbers any more.
import numpy as np


def normalize_embeddings(embeddings):
    table = np.sort(embeddings, axis=0)
    return (table - table.mean(axis=0)) / (table.std(axis=0) + 1e-8)
