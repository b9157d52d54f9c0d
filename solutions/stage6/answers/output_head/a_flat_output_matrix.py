# shows: init_embeddings 6.4
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(size=(vocab_size, d_model)),
        "head": rng.normal(size=vocab_size * d_model),
        "bias": np.zeros(vocab_size),
    }
