# shows: init_embeddings wrong
def init_embeddings(rng, vocab_size, d_model):
    return {"wte": rng.normal(scale=0.02, size=(vocab_size, d_model))}
