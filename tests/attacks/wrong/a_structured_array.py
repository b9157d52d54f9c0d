# add_positions: fields instead of numbers
import numpy as np
def add_positions(embeddings, positions):
    return np.zeros(embeddings.shape, dtype=[("a", float), ("b", "O")])
