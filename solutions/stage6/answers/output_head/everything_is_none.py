# shows: init_embeddings degenerate, gpt_logits degenerate
def init_embeddings(rng, vocab_size, d_model):
    return None


def gpt_logits(x, blocks, final_norm, token_embedding):
    return None
