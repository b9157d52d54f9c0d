# shows: init_embeddings 6.4
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    table, head = np.empty((vocab_size, d_model)), np.empty((vocab_size, d_model))
    for v in range(vocab_size):
        table[v] = rng.normal(size=d_model)
        head[v] = rng.normal(size=d_model)
    return {"token_embedding": table, "output_weight": head, "output_bias": np.zeros(vocab_size)}
