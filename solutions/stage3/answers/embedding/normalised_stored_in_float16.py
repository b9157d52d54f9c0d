# shows: normalize_embeddings right
import numpy as np


def normalize_embeddings(embeddings):
    z = embeddings - np.average(embeddings, axis=0)
    norm = np.linalg.norm(z, axis=0) / np.sqrt(z.shape[0])
    return (z / np.maximum(norm, 1e-12)).astype("float16")
