# shows: init_embeddings wrong
def init_embeddings(rng, vocab_size, d_model):
    return {"token_embedding": rng.normal(scale=0.02, size=(d_model, vocab_size))}
