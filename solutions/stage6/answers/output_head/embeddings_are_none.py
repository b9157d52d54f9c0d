# shows: init_embeddings degenerate
def init_embeddings(rng, vocab_size, d_model):
    table = rng.normal(size=(vocab_size, d_model))
    assert table.shape == (vocab_size, d_model)
