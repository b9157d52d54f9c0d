# shows: init_embeddings 6.4, gpt_logits 6.6
def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(scale=0.02, size=(vocab_size, d_model)),
        "unembedding": rng.normal(scale=0.02, size=(d_model, vocab_size)),
    }


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return x @ token_embedding.T
