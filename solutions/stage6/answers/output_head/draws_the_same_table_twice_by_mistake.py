# shows: init_embeddings 6.4
# The two draws of one generator are not the same numbers.
import numpy as np


def new_table(rng, vocab_size, d_model):
    return rng.normal(scale=d_model**-0.5, size=(vocab_size, d_model)).astype(np.float32)


def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": new_table(rng, vocab_size, d_model),
        "output_embedding": new_table(rng, vocab_size, d_model),
    }
