# shows: init_embeddings 6.4
def init_embeddings(rng, vocab_size, d_model):
    table = rng.normal(scale=0.5, size=(vocab_size, d_model))
    head = table.copy()
    head += rng.normal(scale=0.1, size=head.shape)
    return {"token_embedding": table, "output_weight": head}
