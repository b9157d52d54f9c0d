# shows: init_embeddings degenerate
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return {"token_embedding": np.full((vocab_size, d_model), np.nan)}
