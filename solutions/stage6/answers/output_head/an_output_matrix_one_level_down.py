# shows: init_embeddings 6.4|wrong
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(size=(vocab_size, d_model)),
        "head": {"weight": rng.normal(size=(d_model, vocab_size)), "bias": np.zeros(vocab_size)},
    }
