# shows: init_embeddings 6.4
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    table = rng.normal(size=(vocab_size, d_model))
    return {"token_embedding": table, "output": table / np.linalg.norm(table, axis=1, keepdims=True)}
