# shows: normalize_embeddings right
import numpy as np


def normalize_embeddings(embeddings):
    columns = []
    for column in embeddings.T:
        if (column == column[0]).all():
            columns.append(np.zeros(len(column)))
        else:
            columns.append((column - np.mean(column)) / np.std(column))
    return np.array(columns).T
