# shows: init_embeddings 6.4
def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(scale=0.02, size=(vocab_size, d_model)),
        "output_weight": rng.normal(scale=0.02, size=(d_model, vocab_size)),
    }
