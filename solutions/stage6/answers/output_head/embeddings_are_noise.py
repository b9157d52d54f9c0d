# shows: init_embeddings degenerate
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return np.random.normal(size=(vocab_size, d_model))
