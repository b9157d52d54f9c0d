# shows: init_embeddings wrong
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return {"token_embedding": np.random.RandomState(42).randn(vocab_size, d_model)}
