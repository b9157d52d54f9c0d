# shows: init_embeddings right
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    table = rng.normal(scale=0.02, size=(vocab_size, d_model))
    return {"token_embedding": table, "output_weight": table.T.astype(np.float32)}
