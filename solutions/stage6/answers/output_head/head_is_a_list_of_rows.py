# shows: init_embeddings 6.4
# A second matrix, though no array.


def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(0, 0.02, (vocab_size, d_model)),
        "head": rng.normal(0, 0.02, (d_model, vocab_size)).tolist(),
    }
