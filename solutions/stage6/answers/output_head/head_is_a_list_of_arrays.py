# shows: init_embeddings 6.4
# A second matrix, one array per token.


def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(size=(vocab_size, d_model)),
        "head": [rng.normal(size=d_model) for _ in range(vocab_size)],
    }
