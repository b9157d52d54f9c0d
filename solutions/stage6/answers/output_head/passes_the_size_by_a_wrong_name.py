# shows: init_embeddings error
def init_embeddings(rng, vocab_size, d_model):
    return {"token_embedding": rng.normal(shape=(vocab_size, d_model))}
