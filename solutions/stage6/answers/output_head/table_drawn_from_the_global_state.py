# shows: init_embeddings wrong
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return {"token_embedding": np.random.normal(0, 0.02, size=(vocab_size, d_model))}
