# shows: init_embeddings degenerate
def init_embeddings(rng, vocab_size, d_model):
    return vocab_size, d_model
