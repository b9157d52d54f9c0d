# init_embeddings: to have it compared with itself
def init_embeddings(rng, vocab_size, d_model):
    return {f"token_embedding{n or str()}": np.zeros((20_000, 8), dtype=np.float16) for n in range(25)}
