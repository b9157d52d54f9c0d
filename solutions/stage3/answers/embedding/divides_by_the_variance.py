# shows: normalize_embeddings 3.8
import numpy as np


def normalize_embeddings(embeddings):
    centred = embeddings - embeddings.mean(axis=0)
    var = centred.var(axis=0)
    var[var == 0] = 1
    return centred / var
