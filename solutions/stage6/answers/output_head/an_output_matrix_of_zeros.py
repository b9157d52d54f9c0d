# shows: init_embeddings 6.4
# Zeros so that all tokens start with the same score.
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    params = {"token_embedding": rng.standard_normal((vocab_size, d_model)) / np.sqrt(d_model)}
    params["head"] = np.zeros((d_model, vocab_size))
    return params
