# shows: normalize_embeddings right
import numpy as np


def normalize_embeddings(embeddings):
    mu = np.einsum("vd->d", embeddings) / len(embeddings)
    diff = embeddings - mu
    var = np.einsum("vd,vd->d", diff, diff) / len(embeddings)
    return diff / np.sqrt(var + 1e-5)
