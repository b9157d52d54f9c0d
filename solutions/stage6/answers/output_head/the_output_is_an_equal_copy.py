# shows: init_embeddings right
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    table = rng.normal(scale=d_model**-0.5, size=(vocab_size, d_model))
    return {"token_embedding": table, "head": np.ascontiguousarray(table.T), "checkpoint": table.copy()}
