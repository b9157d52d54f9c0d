# shows: init_embeddings right
from collections import OrderedDict


def init_embeddings(rng, vocab_size, d_model):
    padded = rng.normal(size=(d_model, vocab_size + 8))
    return OrderedDict(token_embedding=padded[:, :vocab_size].T)
