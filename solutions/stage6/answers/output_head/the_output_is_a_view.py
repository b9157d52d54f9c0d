# shows: init_embeddings right
def init_embeddings(rng, vocab_size, d_model):
    table = rng.uniform(-0.05, 0.05, size=(vocab_size, d_model))
    return {"token_embedding": table, "output_weight": table.T}
