# shows: init_embeddings 6.4
def init_embeddings(rng, vocab_size, d_model):
    tables = rng.uniform(-0.1, 0.1, size=(2, vocab_size, d_model))
    return {"token_embedding": tables[0], "lm_head": tables[1]}
