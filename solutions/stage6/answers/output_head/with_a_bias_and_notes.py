# shows: init_embeddings right
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    table = (rng.standard_normal((vocab_size, d_model)) * 0.02).astype(np.float32)
    notes = {"tied": True, "vocab_size": vocab_size}
    return {"token_embedding": table, "output_bias": np.zeros(vocab_size), **notes}
