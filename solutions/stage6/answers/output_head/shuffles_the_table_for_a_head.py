# shows: init_embeddings 6.4
# The same rows, in another order.


def init_embeddings(rng, vocab_size, d_model):
    e = rng.normal(0, 0.02, (vocab_size, d_model))
    return {"token_embedding": e, "head": rng.permutation(e)}
