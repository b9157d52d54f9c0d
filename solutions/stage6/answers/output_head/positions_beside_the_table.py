# shows: init_embeddings right
def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(scale=0.02, size=(vocab_size, d_model)),
        "position_embedding": rng.normal(scale=0.02, size=(1024, d_model)),
        "layers": [],
    }
