# shows: init_embeddings 6.4, gpt_logits 6.4
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(size=(vocab_size, d_model)),
        "lm_head": rng.normal(size=(vocab_size, d_model)),
    }


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return final_norm(x) @ init_embeddings(np.random.default_rng(0), *token_embedding.shape)["lm_head"].T
